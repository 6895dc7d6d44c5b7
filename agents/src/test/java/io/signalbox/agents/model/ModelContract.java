package io.signalbox.agents.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.agent.ModelAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every provider promises, whatever its wire format. */
abstract class ModelContract {
  /** What the other side does. */
  enum Scene {
    SAYS_FINE,
    WANTS_DIFF_OF_7,
    SLOW_DOWN_FOR_9_SECONDS,
    BREAKS,
    STAYS_SILENT,
    TALKS_GARBAGE
  }

  abstract String provider();

  /** The answer to one request in this scene. */
  abstract ModelAnswer ask(Scene scene);

  /** Tokens in and out that the other side counts. */
  abstract long tokens();

  @Test
  void aTextComesWithItsProvider() {
    var text = (ModelAnswer.Text) ask(Scene.SAYS_FINE);
    assertThat(text.content()).isEqualTo("fine");
    assertThat(text.metadata().path("provider").asText()).isEqualTo(provider());
    assertThat(text.metadata().path("model").asText()).isEqualTo("some-model");
    assertThat(text.metadata().path("scripted").asBoolean())
        .isEqualTo(provider().equals("scripted"));
  }

  @Test
  void aToolCallNamesOurToolAndCarriesItsArguments() {
    var wanted = (ModelAnswer.ToolCalls) ask(Scene.WANTS_DIFF_OF_7);
    assertThat(wanted.calls()).hasSize(1);
    assertThat(wanted.calls().getFirst().tool()).isEqualTo("github.get-diff");
    assertThat(wanted.calls().getFirst().arguments())
        .isEqualTo(Requests.json("{'number':7,'how':{'tone':'kind'}}"));
  }

  @Test
  void usageIsCounted() {
    var text = (ModelAnswer.Text) ask(Scene.SAYS_FINE);
    assertThat(text.usage().calls()).isEqualTo(1);
    assertThat(text.usage().inputTokens() + text.usage().outputTokens()).isEqualTo(tokens());
  }

  @Test
  void tooManyRequestsKeepsHowLongToWait() {
    var failed = (ModelAnswer.Failed) ask(Scene.SLOW_DOWN_FOR_9_SECONDS);
    assertThat(failed.status()).isEqualTo(429);
    assertThat(failed.passing()).isTrue();
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(9));
  }

  @Test
  void aBrokenServerIsAPassingFailure() {
    var failed = (ModelAnswer.Failed) ask(Scene.BREAKS);
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.passing()).isTrue();
    assertThat(failed.detail()).isNotBlank();
  }

  @Test
  void silenceEndsAtTheTimeout() {
    var failed = (ModelAnswer.Failed) ask(Scene.STAYS_SILENT);
    assertThat(failed.status()).isEqualTo(504);
  }

  @Test
  void garbageIsAFailureAndNothingElse() {
    var failed = (ModelAnswer.Failed) ask(Scene.TALKS_GARBAGE);
    assertThat(failed.status()).isIn(422, 502);
    assertThat(failed.detail()).isNotBlank();
  }
}
