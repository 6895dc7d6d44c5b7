package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tool that fails again and again is left alone, and none is called more often than it bears. */
class FuseJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private void tool(String name, Outside outside, String fuse) throws Exception {
    client
        .put(
            "/v1/tools/" + name,
            "{kind: http, description: T, risk: read, config: {url: '%s/%s'}, fuse: %s}"
                .formatted(outside.url(), name, fuse))
        .expect(201);
  }

  private Client.Reply call(String tool) throws Exception {
    return client.post("/v1/tools/" + tool + "/call", "{arguments: {}}");
  }

  private JsonNode health(String tool) throws Exception {
    return client.get("/v1/tools/" + tool).expect(200).json().path("health");
  }

  @Test
  void anOpenCircuitSendsNothingAndOneCallTriesAfterAWhile() throws Exception {
    var works = new AtomicBoolean();
    try (Outside outside =
        Outside.open().on("/shaky", _ -> Said.json(works.get() ? 200 : 500, "{}"))) {
      tool("shaky", outside, "{failures: 3, resetAfter: PT4S}");
      assertThat(health("shaky").isMissingNode()).isTrue();
      for (int i = 1; i <= 3; i++) {
        call("shaky").problem(502);
      }
      JsonNode open = call("shaky").problem(502);
      assertThat(open.path("detail").asText())
          .contains("nothing was sent: the circuit of shaky is open after 3 failures in a row");
      assertThat(outside.received("/shaky")).hasSize(3);
      assertThat(health("shaky").path("circuit").asText()).isEqualTo("open");
      // the way that the gateway names is followed by a retry: it goes on once one call got through
      works.set(true);
      client.deploy(
          "retries",
          """
          do:
            - guarded:
                try: [{use: {call: tool, with: {tool: shaky}}}]
                catch:
                  errors: {with: {status: 503}}
                  retry: {delay: {milliseconds: 50}, limit: {attempt: {count: 5}}}
          """);
      client.completed(client.start("retries", ""));
      assertThat(outside.received("/shaky")).hasSize(4);
      assertThat(health("shaky").path("circuit").asText()).isEqualTo("closed");
    }
  }

  @Test
  void whatTheCallerDidWrongOpensNoCircuit() throws Exception {
    try (Outside outside = Outside.open().on("/strict", _ -> Said.json(404, "{}"))) {
      tool("strict", outside, "{failures: 2, resetAfter: PT60S}");
      for (int i = 0; i < 4; i++) {
        call("strict");
      }
      assertThat(outside.received("/strict")).hasSize(4);
      assertThat(health("strict").path("circuit").asText()).isEqualTo("closed");
    }
  }

  @Test
  void aToolIsNotCalledMoreOftenAtOnceThanItBearsAndOthersGoOn() throws Exception {
    var go = new CountDownLatch(1);
    try (Outside outside =
        Outside.open()
            .on(
                "/narrow",
                _ -> {
                  go.await();
                  return Said.json(200, "{}");
                })
            .on("/wide", _ -> Said.json(200, "{}"))) {
      tool("narrow", outside, "{calls: 2, patience: PT0.1S}");
      tool("wide", outside, "{}");
      client.deploy("uses-narrow", "do: [{use: {call: tool, with: {tool: narrow}}}]");
      String one = client.start("uses-narrow", "");
      String two = client.start("uses-narrow", "");
      Eventually.get(
          "both are under way",
          () -> health("narrow").path("underWay").asInt(),
          underWay -> underWay == 2);
      assertThat(call("narrow").problem(502).path("detail").asText())
          .contains("nothing was sent: 2 calls of narrow are under way at this node");
      call("wide").expect(200);
      go.countDown();
      client.completed(one);
      client.completed(two);
      assertThat(outside.received("/narrow")).hasSize(2);
    }
  }

  @Test
  void aResultThatDoesNotFitAndAnAnswerThatDoesNotComeInTimeAreToldAsSuch() throws Exception {
    try (Outside outside =
        Outside.open().on("/liar", _ -> Said.json(200, "{\"n\":\"seven\"}")).silent("/mute")) {
      client
          .put(
              "/v1/tools/liar",
              """
              {kind: http, description: L, risk: read, config: {url: '%s/liar'},
               result: {type: object, required: [n], properties: {n: {type: integer}}}}
              """
                  .formatted(outside.url()))
          .expect(201);
      assertThat(call("liar").problem(502).path("detail").asText())
          .contains("does not fit what the tool declares");
      client
          .put(
              "/v1/tools/mute",
              """
              {kind: http, description: M, risk: read, onUnknownOutcome: fail, timeout: PT0.3S,
               config: {url: '%s/mute'}, fuse: {failures: 1, resetAfter: PT60S}}
              """
                  .formatted(outside.url()))
          .expect(201);
      call("mute").problem(502);
      assertThat(call("mute").problem(502).path("detail").asText()).contains("circuit of mute");
    }
  }

  @Test
  void whatIsWrongIsToldWhere() throws Exception {
    JsonNode wrong =
        client
            .put(
                "/v1/tools/odd",
                """
                {kind: http, description: O, risk: read, config: {url: 'http://127.0.0.1:1/'},
                 fuse: {failures: -1, calls: 0, resetAfter: PT0S}}
                """)
            .problem(422);
    assertThat(wrong.path("errors").findValuesAsText("pointer"))
        .contains("/fuse/failures", "/fuse/calls", "/fuse/resetAfter");
  }
}
