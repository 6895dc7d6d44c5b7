package io.signalbox.agents.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.protocol.agent.ModelAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of providers behind HTTP, held against a stand-in with the real wire format. */
abstract class WireContract extends ModelContract {
  private static final EgressSettings NOWHERE =
      new EgressSettings(List.of(), List.of(), false, Set.of());
  final StandIn server = new StandIn();

  abstract String path();

  abstract String textBody();

  abstract String toolCallBody();

  @AfterEach
  void stop() {
    server.close();
  }

  private Models models(Duration timeout) {
    var here = new ProviderSettings(server.at(path()), Optional.of("the-key"), "KEY", timeout);
    Map<String, Price> prices = Map.of(provider() + "/some-model", new Price(2, 10));
    return Models.of(new ModelsSettings(4, 100_000, here, here, here, new Prices(prices)), NOWHERE);
  }

  ModelAnswer ask(Duration timeout, ModelRequest request) {
    return models(timeout).ask(request);
  }

  ModelRequest request() {
    return Requests.request(Requests.agent(provider() + "/some-model", Optional.empty()));
  }

  @Override
  ModelAnswer ask(Scene scene) {
    Duration timeout =
        scene == Scene.STAYS_SILENT ? Duration.ofMillis(200) : Duration.ofSeconds(10);
    switch (scene) {
      case SAYS_FINE -> server.willAnswer(200, textBody());
      case WANTS_DIFF_OF_7 -> server.willAnswer(200, toolCallBody());
      case SLOW_DOWN_FOR_9_SECONDS ->
          server.willAnswer(429, Map.of("Retry-After", "9"), "{\"error\":{\"message\":\"slow\"}}");
      case BREAKS -> server.willAnswer(500, "{\"error\":{\"message\":\"broken\"}}");
      case STAYS_SILENT -> server.willAnswer(0, "");
      case TALKS_GARBAGE -> server.willAnswer(200, "<html>welcome</html>");
    }
    return ask(timeout, request());
  }

  @Override
  long tokens() {
    return 15;
  }

  /** What the other side got for a dialogue with one failed tool call. */
  StandIn.Got sent() throws InterruptedException {
    server.willAnswer(200, textBody());
    ask(
        Duration.ofSeconds(10),
        Requests.later(Requests.agent(provider() + "/some-model", Optional.empty())));
    return server.got.take();
  }

  @Test
  void systemWordsToolsAndResultsAreSent() throws InterruptedException {
    JsonNode body = sent().body();
    assertThat(body.path("model").asText()).isEqualTo("some-model");
    assertThat(body.toString())
        .contains("You are careful.")
        .contains("Review this")
        .contains("github_get-diff")
        .doesNotContain("traversable")
        .contains("\"enum\":[\"kind\",\"terse\"]")
        .contains("\"minimum\":1")
        .contains("refused by rule 7")
        .contains("777");
  }

  @Test
  void theCostIsThatOfTheConfiguredPrice() {
    server.willAnswer(200, textBody());
    var text = (ModelAnswer.Text) ask(Duration.ofSeconds(10), request());
    assertThat(text.usage().costMicros()).isEqualTo(12 * 2 + 3 * 10);
  }

  @Test
  void emptyAndUselessAnswersAreFailures() {
    for (String body : new String[] {"", "{}", "[]", "null", "{\"choices\":[]}"}) {
      server.willAnswer(200, body);
      assertThat(ask(Duration.ofSeconds(10), request()))
          .as(body)
          .isInstanceOf(ModelAnswer.Failed.class);
    }
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    server.willAnswer(200, "x".repeat(200_000));
    assertThat(ask(Duration.ofSeconds(10), request())).isInstanceOf(ModelAnswer.Failed.class);
  }

  @Test
  void nobodyListeningIsAPassingFailureThatNamesTheAddress() {
    server.close();
    var failed = (ModelAnswer.Failed) ask(Duration.ofSeconds(10), request());
    assertThat(failed.passing()).isTrue();
    assertThat(failed.detail()).contains("127.0.0.1");
  }

  @Test
  void aRedirectIsNotFollowedWithTheKey() {
    server.willAnswer(307, Map.of("Location", server.at("/elsewhere").toString()), "");
    var failed = (ModelAnswer.Failed) ask(Duration.ofSeconds(10), request());
    assertThat(failed.status()).isEqualTo(307);
    assertThat(server.got).hasSize(1);
  }
}
