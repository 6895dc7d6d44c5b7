package io.signalbox.agents.session;

import static io.signalbox.agents.session.Samples.agent;
import static io.signalbox.agents.session.Samples.converse;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelDeskTest {
  private final Stand stand = new Stand();

  @AfterEach
  void stop() {
    stand.close();
  }

  @Test
  void passingFailuresOfAModelAreTriedAgainAndLastingOnesNot() {
    AtomicInteger calls = new AtomicInteger();
    var session =
        stand.session(
            request ->
                calls.incrementAndGet() < 3
                    ? new ModelAnswer.Failed(503, "busy", Optional.of(Duration.ofMillis(2)))
                    : request.message().isEmpty()
                        ? Samples.text("never")
                        : new ModelAnswer.Failed(401, "who are you"),
            Stand.SETTINGS);
    session.runCommand(converse("k1", agent()));
    var failed = (Outcome.Failed) stand.outcome();
    assertThat(failed.status()).isEqualTo(401);
    assertThat(calls).hasValue(3);
  }

  @Test
  void aModelIsGivenUpAfterTheLastTryAndWhenItAsksForTooMuchTime() {
    var session = stand.session(_ -> new ModelAnswer.Failed(503, "busy"), Stand.SETTINGS);
    session.runCommand(converse("k1", agent()));
    assertThat(((Outcome.Failed) stand.outcome()).status()).isEqualTo(503);
    assertThat(stand.asked).hasSize(3);
    var slow = new ModelAnswer.Failed(429, "later", Optional.of(Duration.ofHours(1)));
    var other = stand.session(_ -> slow, Stand.SETTINGS);
    other.runCommand(converse("k2", agent()));
    assertThat(((Outcome.Failed) stand.outcome()).retryAfter()).contains(Duration.ofHours(1));
    assertThat(stand.asked).hasSize(4);
  }

  @Test
  void aModelThatNeverAnswersOrThrowsFailsTheMessage() {
    var hasty =
        new SessionSettings(
            1,
            Duration.ofMinutes(1),
            Duration.ofMillis(20),
            0,
            Duration.ofMillis(1),
            Duration.ofMillis(1));
    var session =
        stand.session(
            _ -> {
              try {
                return new LinkedBlockingQueue<ModelAnswer>().take();
              } catch (InterruptedException e) {
                return new ModelAnswer.Failed(500, "interrupted");
              }
            },
            hasty);
    session.runCommand(converse("k1", agent()));
    assertThat(((Outcome.Failed) stand.outcome()).status()).isEqualTo(504);
    var broken =
        stand.session(
            _ -> {
              throw new IllegalStateException("a bug");
            },
            hasty);
    broken.runCommand(converse("k2", agent()));
    assertThat(((Outcome.Failed) stand.outcome()).status()).isEqualTo(500);
  }
}
