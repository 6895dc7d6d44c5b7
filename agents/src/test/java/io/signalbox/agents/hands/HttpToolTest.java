package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.BrokenStandIn.Manner;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpToolTest {
  private static final String PARAMETERS =
      """
      {"type": "object", "properties": {"id": {"type": "string"}, "n": {"type": "integer"}},
       "required": ["id"]}""";
  private final Workbench bench = Workbench.with("");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void argumentsFillTheAddressAndCannotClimbOutOfIt() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      var tool = reading("{\"url\": \"%s/items/{id}\"}".formatted(server.url()));
      result(bench.call(tool, "{\"id\": \"../admin?x=1#y\", \"n\": 3}"));
      var got = server.received().getFirst();
      assertThat(got.path()).isEqualTo("/items/..%2Fadmin%3Fx%3D1%23y");
      assertThat(got.query()).isEqualTo("n=3");
      assertThat(failure(bench.call(tool, "{\"id\": \"..\"}")).status()).isEqualTo(422);
    }
  }

  @Test
  void placesInQueryHeadersAndBodyKeepTheirTypes() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      var tool =
          writing(
              """
              {"method": "put", "url": "%s/items", "query": {"id": "{id}"},
               "headers": {"X-Item": "item {id}"},
               "body": {"count": "{n}", "text": "n={n}", "absent": "{nothing}"},
               "idempotencyHeader": "Idempotency-Key"}"""
                  .formatted(server.url()));
      result(bench.call(tool, "{\"id\": \"a b\", \"n\": 3}"));
      var got = server.received().getFirst();
      assertThat(got.method()).isEqualTo("PUT");
      assertThat(got.query()).isEqualTo("id=a%20b");
      assertThat(got.header("X-Item")).isEqualTo("item a b");
      assertThat(got.header("Idempotency-Key")).isEqualTo("r1-7");
      assertThat(got.json()).isEqualTo(json("{\"count\": 3, \"text\": \"n=3\"}"));
    }
  }

  @Test
  void withoutABodyOfItsOwnAPostCarriesTheArgumentsLeftOver() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      var rest = "{\"method\": \"post\", \"url\": \"%s/{id}\"}".formatted(server.url());
      bench.call(writing(rest), "{\"id\": \"a\", \"n\": 3}");
      assertThat(server.received().get(0).json()).isEqualTo(json("{\"n\": 3}"));
      bench.call(
          writing(rest.replace("}\"}", "}\", \"body\": \"arguments\"}")),
          "{\"id\": \"a\", \"n\": 3}");
      assertThat(server.received().get(1).json()).isEqualTo(json("{\"id\": \"a\", \"n\": 3}"));
    }
  }

  @Test
  void aProbeLooksForTheKeyAndBelievesOnlyAClearAnswer() {
    try (var server =
            StandIn.of(got -> Reply.json(got.path().endsWith("/r1-7") ? 200 : 500, "{}"));
        var none = StandIn.of(_ -> Reply.json(404, "{}"));
        var torn = StandIn.of(_ -> Reply.json(500, "{}"))) {
      var found = bench.probe(looking(server), "{\"id\": \"a b\"}");
      assertThat(found).isInstanceOf(Outcome.Succeeded.class);
      assertThat(server.received().getFirst().method()).isEqualTo("GET");
      assertThat(server.received().getFirst().path()).isEqualTo("/items/a%20b/r1-7");
      assertThat(bench.probe(looking(none), "{\"id\": \"a\"}")).isEqualTo(new Outcome.Absent());
      assertThat(bench.probe(looking(torn), "{\"id\": \"a\"}")).isInstanceOf(Outcome.Unknown.class);
      assertThat(bench.probe(writing("{\"url\": \"http://x.test\"}"), "{\"id\": \"a\"}"))
          .isInstanceOf(Outcome.Unknown.class);
    }
  }

  private static ToolDefinition looking(StandIn server) {
    return writing(
        """
        {"method": "post", "url": "%s/items",
         "probe": {"url": "%s/items/{id}/{idempotencyKey}"}}"""
            .formatted(server.url(), server.url()));
  }

  @Test
  void aCredentialGoesToItsOwnOriginOnly() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"));
        var other = StandIn.of(_ -> Reply.json(200, "{}"));
        var bench =
            Workbench.with(
                "credentials.shop { origin = \"%s\", header = X-Api-Key, value = s3cr3t }"
                    .formatted(server.url()))) {
      var config = "{\"url\": \"%s/{id}\", \"credential\": \"shop\", \"output\": \"response\"}";
      var shown = bench.call(reading(config.formatted(server.url())), "{\"id\": \"a\"}");
      assertThat(server.received().getFirst().header("X-Api-Key")).isEqualTo("s3cr3t");
      assertThat(result(shown).toString()).doesNotContain("s3cr3t");
      var elsewhere = bench.call(reading(config.formatted(other.url())), "{\"id\": \"a\"}");
      assertThat(failure(elsewhere).status()).isEqualTo(403);
      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void aWriteWithoutAnAnswerIsUnknownAndAReadIsNot() {
    try (var server = BrokenStandIn.that(Manner.RESET)) {
      var config = "{\"method\": \"post\", \"url\": \"%s\"}".formatted(server.url());
      assertThat(bench.call(writing(config), "{\"id\": \"a\"}"))
          .isInstanceOf(Outcome.Unknown.class);
      assertThat(bench.call(reading(config), "{\"id\": \"a\"}")).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void aResultThatIsNotWhatWasDeclaredIsAFault() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{\"price\": \"free\"}"))) {
      var declared =
          declaring(
              reading("{\"url\": \"%s\"}".formatted(server.url())),
              "{\"type\": \"object\", \"properties\": {\"price\": {\"type\": \"number\"}}}");
      var failed = failure(bench.call(declared, "{\"id\": \"a\"}"));
      assertThat(failed.kind()).isEqualTo("runtime");
      assertThat(failed.status()).isEqualTo(502);
      assertThat(failed.detail()).contains("/price");
    }
  }

  private static ToolDefinition reading(String config) {
    return Workbench.tool("http", Risk.READ, OnUnknownOutcome.IDEMPOTENT, PARAMETERS, config);
  }

  private static ToolDefinition writing(String config) {
    return Workbench.tool("http", Risk.WRITE, OnUnknownOutcome.ASK, PARAMETERS, config);
  }

  private static ToolDefinition declaring(ToolDefinition tool, String result) {
    return new ToolDefinition(
        tool.name(),
        tool.kind(),
        tool.description(),
        tool.parameters(),
        Optional.of(json(result)),
        tool.risk(),
        tool.onUnknownOutcome(),
        Duration.ofSeconds(5),
        List.of(),
        tool.config());
  }
}
