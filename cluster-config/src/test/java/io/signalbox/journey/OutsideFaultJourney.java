package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services outside hang, talk nonsense, refuse and go away; the gateway says so and goes on. */
class OutsideFaultJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();
  private final Outside outside = opened();

  private static Outside opened() {
    try {
      return Outside.open();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void wellBehaved() {
    outside.on("/", _ -> Said.json(200, "{\"fine\":true}"));
  }

  @AfterEach
  void close() {
    outside.close();
  }

  private void tool(String name, String path, String more) throws Exception {
    client
        .put(
            "/v1/tools/" + name,
            "{kind: http, description: A tool, %s, config: {method: post, url: '%s%s'}}"
                .formatted(more, outside.url(), path))
        .expect(201);
  }

  @Test
  void aToolThatHangsFailsWhenItsTimeIsUp() throws Exception {
    outside.silent("/hangs");
    tool("hangs", "/hangs", "risk: write, onUnknownOutcome: fail, timeout: PT1S");
    JsonNode problem = client.post("/v1/tools/hangs/call", "{arguments: {}}").problem(502);
    assertThat(problem.path("detail").asText()).contains("unknown");
    assertThat(outside.received("/hangs")).hasSize(1);
  }

  @Test
  void aWriteThatHangsIsLeftToAPersonWhoSaysWhatHappened() throws Exception {
    outside.silent("/pay");
    tool("pay", "/pay", "risk: write, timeout: PT1S");
    client.deploy("paying", "do: [{pay: {call: tool, with: {tool: pay, arguments: {sum: 5}}}}]");
    String run = client.start("paying", "");
    client.waiting(run, "outcome");
    assertThat(client.types(run)).containsOnlyOnce("tool.called").contains("tool.unknown");
    client
        .post("/v1/runs/" + run + "/resolve", "{task: /do/0/pay, outcome: maybe, reason: x}")
        .problem(422);
    client
        .post(
            "/v1/runs/" + run + "/resolve",
            "{task: /do/0/pay, outcome: succeeded, result: {paid: 5}, reason: the bank says so}")
        .expect(202);
    assertThat(client.completed(run).at("/output/paid").asInt()).isEqualTo(5);
    assertThat(client.types(run)).contains("tool.resolved");
    assertThat(outside.received("/pay")).hasSize(1);
    client
        .post(
            "/v1/runs/" + run + "/resolve",
            "{task: /do/0/pay, outcome: succeeded, reason: once more}")
        .problem(409);
  }

  @Test
  void garbageFromAToolIsAClearError() throws Exception {
    outside.on("/garbage", _ -> Said.json(200, "<html>{not json"));
    tool("garbage", "/garbage", "risk: read, onUnknownOutcome: fail");
    JsonNode problem = client.post("/v1/tools/garbage/call", "{arguments: {}}").problem(502);
    assertThat(problem.path("detail").asText()).containsIgnoringCase("json");
  }

  @Test
  void anAnswerThatEndsHalfwayIsAClearError() throws Exception {
    outside.on(
        "/half",
        _ -> {
          throw new IOException("gone");
        });
    tool("half", "/half", "risk: write, onUnknownOutcome: fail");
    JsonNode problem = client.post("/v1/tools/half/call", "{arguments: {}}").problem(502);
    assertThat(problem.path("detail").asText()).isNotBlank();
  }

  @Test
  void nobodyAtTheAddressIsAClearErrorOfTheRun() throws Exception {
    client.deploy(
        "nobody",
        "do: [{ask: {call: http, with: {method: get, endpoint: 'http://127.0.0.1:1/x'}}}]");
    JsonNode run = client.ended(client.start("nobody", ""));
    assertThat(run.path("status").asText()).isEqualTo("faulted");
    assertThat(run.at("/error/type").asText()).endsWith("/communication");
    assertThat(run.at("/error/instance").asText()).isEqualTo("/do/0/ask");
    assertThat(run.at("/error/detail").asText()).isNotBlank();
  }

  @Test
  void aServiceThatIsDownForAWhileIsTriedUntilItIsBack() throws Exception {
    Outside first = Outside.open();
    int port = first.port();
    first.close();
    client.deploy(
        "patient",
        """
        do:
          - insist:
              try:
                - ask: {call: http, with: {method: get, endpoint: 'http://127.0.0.1:%d/x'}}
              catch:
                retry:
                  delay: {milliseconds: 300}
                  limit: {attempt: {count: 100}}
        """
            .formatted(port));
    String run = client.start("patient", "");
    Eventually.get(
        "three tries", () -> client.tasks(run, "task.retried").size(), tries -> tries >= 3);
    try (Outside back = Outside.at(port).on("/x", _ -> Said.json(200, "{\"back\":true}"))) {
      assertThat(client.completed(run).at("/output/back").asBoolean()).isTrue();
      assertThat(back.received("/x")).hasSize(1);
    }
  }

  @Test
  void aFaultedRunGoesOnFromTheFailedTaskWhenRetried() throws Exception {
    outside.on("/broken", _ -> Said.json(500, "{\"message\":\"broken\"}"));
    client.deploy(
        "mended",
        """
        do:
          - first: {call: http, with: {method: post, endpoint: '%1$s/first'}}
          - second: {call: http, with: {method: post, endpoint: '%1$s/broken'}}
        """
            .formatted(outside.url()));
    String run = client.start("mended", "");
    assertThat(client.ended(run).at("/error/status").asInt()).isEqualTo(500);
    outside.on("/broken", _ -> Said.json(200, "{\"mended\":true}"));
    client.post("/v1/runs/" + run + "/retry", "{}").expect(202);
    assertThat(client.completed(run).at("/output/mended").asBoolean()).isTrue();
    assertThat(outside.received("/first")).hasSize(1);
    assertThat(outside.received("/broken")).hasSize(2);
    client.post("/v1/runs/" + run + "/retry", "{}").problem(409);
  }
}
