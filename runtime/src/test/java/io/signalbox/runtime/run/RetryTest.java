package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.definition.Retry;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a try catches, and how it tries again. */
class RetryTest {
  private static Play tries(String policy) {
    return Play.of(
            """
            - guard:
                try: [{ ask: { call: tool, with: { tool: t } } }]
                catch:
                  retry: %s
            """
                .formatted(policy))
        .tool("t", OnUnknownOutcome.ASK)
        .start("{}");
  }

  /** Fails so many times; gives the pauses before the retries. */
  private static List<Long> pauses(Play play, int failures) {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < failures; i++) {
      play.fail(play.lastSent().key(), 1, "communication", 503);
      Fact.RetryScheduled retry = play.facts(Fact.RetryScheduled.class).getLast();
      pauses.add(Duration.between(play.now, retry.at()).toMillis());
      play.pass(Duration.between(play.now, retry.at()));
    }
    return pauses;
  }

  @Test
  void aConstantBackoffWaitsTheSameEachTime() {
    assertThat(pauses(tries("{ delay: PT2S, backoff: { constant: {} } }"), 3))
        .containsExactly(2000L, 2000L, 2000L);
  }

  @Test
  void aLinearBackoffAddsTheDelayOrItsIncrement() {
    assertThat(pauses(tries("{ delay: PT2S, backoff: { linear: {} } }"), 3))
        .containsExactly(2000L, 4000L, 6000L);
    assertThat(pauses(tries("{ delay: PT2S, backoff: { linear: { increment: PT0.5S } } }"), 3))
        .containsExactly(2000L, 2500L, 3000L);
  }

  @Test
  void anExponentialBackoffMultipliesUpToItsLongest() {
    assertThat(pauses(tries("{ delay: { seconds: 1 }, backoff: { exponential: {} } }"), 4))
        .containsExactly(1000L, 2000L, 4000L, 8000L);
    assertThat(
            pauses(
                tries("{ delay: PT1S, backoff: { exponential: { factor: 3, maxDelay: PT5S } } }"),
                4))
        .containsExactly(1000L, 3000L, 5000L, 5000L);
  }

  @Test
  void noDelayGrowsBeyondWhatADurationMayBe() {
    assertThat(
            Delays.before(
                Integer.MAX_VALUE,
                new Retry(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Play.json("\"PT1H\"")),
                    Retry.Backoff.EXPONENTIAL,
                    Retry.Growth.STANDARD,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                Deciding::duration))
        .isEqualTo(Duration.ofDays(3650));
  }

  @Test
  void jitterStaysWithinItsRangeAndIsTheSameWhenDecidedAgain() {
    String policy = "{ delay: PT1S, jitter: { from: { milliseconds: 100 }, to: PT0.9S } }";
    List<Long> first = pauses(tries(policy), 5);
    assertThat(first).allSatisfy(ms -> assertThat(ms).isBetween(1100L, 1900L));
    assertThat(first.stream().distinct().count()).isGreaterThan(1);
    assertThat(pauses(tries(policy), 5)).isEqualTo(first);
  }

  @Test
  void afterTheLastAttemptTheErrorGoesOn() {
    Play play = tries("{ limit: { attempt: { count: 2 } } }");
    for (int i = 0; i < 3; i++) {
      play.fail(play.lastSent().key(), 1, "communication", 503);
    }
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.sent()).hasSize(3);
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/0/guard/try/0/ask");
  }

  @Test
  void noRetryBeginsAfterTheWholeTimeIsOver() {
    Play play = tries("{ delay: PT4S, limit: { duration: PT10S } }");
    assertThat(pauses(play, 2)).containsExactly(4000L, 4000L);
    play.fail(play.lastSent().key(), 1, "communication", 503);
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void aRetryThatTakesTooLongIsGivenUpAndCountsAsAFailure() {
    Play play = tries("{ limit: { attempt: { count: 2, duration: PT3S } } }");
    play.fail(play.lastSent().key(), 1, "communication", 503);
    Instant begun = play.now;
    assertThat(Timers.next(play.state)).contains(begun.plusSeconds(3));
    play.pass(Duration.ofSeconds(3)).crash();
    assertThat(play.sent()).hasSize(3);
    play.pass(Duration.ofSeconds(3));
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().type()).endsWith("/timeout");
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(408);
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/0/guard");
  }

  @Test
  void theFirstTryIsNoRetryAndMayTakeItsTime() {
    Play play = tries("{ limit: { attempt: { count: 2, duration: PT3S } } }");
    play.pass(Duration.ofSeconds(5)).succeed(play.lastSent().key(), 1, "1");
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void thePolicysConditionsDecideWhetherToTryAgain() {
    Play only = tries("{ when: '.status == 429' }");
    only.fail(only.lastSent().key(), 1, "communication", 503);
    assertThat(only.status()).isEqualTo(RunStatus.FAULTED);
    Play except = tries("{ exceptWhen: $error.status == 404 }");
    except.fail(except.lastSent().key(), 1, "communication", 503);
    assertThat(except.sent()).hasSize(2);
    except.fail(except.lastSent().key(), 1, "communication", 404);
    assertThat(except.status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void aPolicyThatCannotBeReadIsAnErrorOfTheTry() {
    Play play = tries("{ delay: '${ .nothing }' }");
    play.fail(play.lastSent().key(), 1, "communication", 503);
    assertThat(play.view().error().orElseThrow().type()).endsWith("/validation");
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/0/guard");
  }

  @Test
  void aReusablePolicyIsFoundByItsName() {
    Play play =
        Play.whole(
                """
                document: { dsl: '1.0.3', namespace: default, name: play, version: '1.0.0' }
                use: { retries: { calm: { delay: PT7S } } }
                do:
                  - guard:
                      try: [{ ask: { call: tool, with: { tool: t } } }]
                      catch: { retry: calm }
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    assertThat(pauses(play, 1)).containsExactly(7000L);
  }

  private static Play catching(String with) {
    return Play.of(
            """
            - guard:
                try:
                  - fail: { raise: { error: { type: 'https://x.y/z', status: 418, title: T, detail: D } } }
                catch:
                  errors: { with: %s }
                  do: [{ got: { set: { caught: true } } }]
            """
                .formatted(with))
        .start("{}");
  }

  @Test
  void everyPropertyOfAnErrorFilterMustBeEqual() {
    for (String with :
        List.of(
            "{ type: 'https://x.y/z' }",
            "{ status: 418 }",
            "{ title: T }",
            "{ details: D }",
            "{ instance: /do/0/guard/try/0/fail }")) {
      assertThat(catching(with).output()).as(with).isEqualTo(Play.json("{\"caught\":true}"));
    }
    for (String with :
        List.of(
            "{ type: 'https://x.y/other' }",
            "{ status: 419 }",
            "{ title: t }",
            "{ details: E }",
            "{ status: 418, title: U }",
            "{ instance: /do/0/guard }")) {
      assertThat(catching(with).status()).as(with).isEqualTo(RunStatus.FAULTED);
    }
  }
}
