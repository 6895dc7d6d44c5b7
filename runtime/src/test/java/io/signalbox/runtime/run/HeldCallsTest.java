package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.quota.Limited;
import io.signalbox.protocol.quota.OnLimit;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Limits, as a run meets them. */
class HeldCallsTest {
  private static final String TASK = "- use: {call: tool, with: {tool: pay, arguments: {n: 1}}}";

  private static Stimulus noRoom(String key, int attempt, OnLimit onLimit) {
    return new Stimulus.Performed(
        key,
        attempt,
        new Outcome.Failed(
            "communication",
            429,
            "no room",
            Optional.of(Duration.ofSeconds(20)),
            Optional.empty(),
            Optional.of(new Limited("budget:b", onLimit))));
  }

  private static Play play() {
    return Play.of(TASK).tool("pay", OnUnknownOutcome.ASK).start("{}");
  }

  @Test
  void aCallThatMayWaitIsSentAgainUnderTheSameKeyWhenItsTimeHasCome() {
    Play play = play();
    String key = play.lastSent().key();
    play.give(noRoom(key, 1, OnLimit.WAIT));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    assertThat(play.view().waitingFor())
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.kind()).isEqualTo("quota");
              assertThat(w.id()).contains("budget:b");
              assertThat(w.until()).contains(play.now.plusSeconds(20));
            });
    play.pass(Duration.ofSeconds(19)).crash();
    assertThat(play.sent()).hasSize(1);
    play.pass(Duration.ofSeconds(1));
    assertThat(play.sent()).hasSize(2);
    assertThat(play.lastSent().key()).isEqualTo(key);
    assertThat(play.lastSent().attempt()).isEqualTo(2);
    play.succeed(key, 2, "{\"ok\":1}");
    assertThat(play.output().path("ok").asInt()).isEqualTo(1);
  }

  @Test
  void aCallThatMayNotWaitFailsWith429AndWhenToTryAgain() {
    Play play = play();
    play.give(noRoom(play.lastSent().key(), 1, OnLimit.FAIL));
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    var error = play.view().error().orElseThrow();
    assertThat(error.status()).isEqualTo(429);
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(20));
  }

  @Test
  void aBillIsMadeOutOnlyWhereABudgetCountsTheCall() {
    assertThat(play().lastSent().bill()).isEmpty();
    assertThat(billed(Map.of(Budget.TOOL, "other"))).isEmpty();
    var bill = billed(Map.of(Budget.TOOL, "pay", Budget.NAMESPACE, "default")).orElseThrow();
    assertThat(bill.path())
        .containsEntry(Budget.TOOL, "pay")
        .containsEntry(Budget.KEY, "user:ada")
        .containsEntry(Budget.RUN, "r1")
        .containsEntry(Budget.NAMESPACE, "default");
    assertThat(bill.most().calls()).isEqualTo(1);
    assertThat(bill.most().millis()).isEqualTo(10_000);
  }

  private static Optional<io.signalbox.protocol.quota.Bill> billed(Map<String, String> scope) {
    Play play = Play.of(TASK).tool("pay", OnUnknownOutcome.ASK);
    play.curbs =
        new Curbs(
            List.of(
                new Budget(
                    "b",
                    scope,
                    Optional.of(1L),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OnLimit.FAIL)),
            List.of());
    return play.start("{}").lastSent().bill();
  }
}
