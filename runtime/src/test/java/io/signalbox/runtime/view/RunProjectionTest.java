package io.signalbox.runtime.view;

import static io.signalbox.runtime.view.Turns.asked;
import static io.signalbox.runtime.view.Turns.called;
import static io.signalbox.runtime.view.Turns.completed;
import static io.signalbox.runtime.view.Turns.decided;
import static io.signalbox.runtime.view.Turns.error;
import static io.signalbox.runtime.view.Turns.settled;
import static io.signalbox.runtime.view.Turns.started;
import static io.signalbox.runtime.view.Turns.succeeded;
import static io.signalbox.runtime.view.Turns.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunProjectionTest {
  private static final String ASK = "/do/0/ask";

  @Test
  void aStartedRunIsALineWithWhatItWasStartedWith() {
    RunLine line = new Turns().turn(RunStatus.RUNNING, started(), task(2, 1, ASK)).line();
    assertThat(line.workflow().name()).isEqualTo("order");
    assertThat(line.labels()).containsEntry("team", "Blue");
    assertThat(line.startedAt()).isEqualTo(Turns.BEGIN);
    assertThat(line.endedAt()).isEmpty();
    assertThat(line.search()).isEqualTo("r1 shop/order team=blue");
    assertThat(line.open()).containsOnlyKeys(2L);
  }

  @Test
  void anApprovalHoldsTheRunBackUntilItIsSettled() {
    Turns turns =
        new Turns().turn(RunStatus.WAITING, started(), task(2, 1, ASK), asked(2, ASK, "a1"));
    assertThat(turns.line().waitingFor()).containsExactly("approval " + ASK);
    assertThat(turns.approval("a1").status()).isEqualTo("open");
    turns.turn(RunStatus.RUNNING, decided(2, ASK, "a1", "approve"));
    assertThat(turns.line().waitingFor()).isEmpty();
    assertThat(turns.approval("a1").status()).isEqualTo("approved");
    assertThat(turns.approval("a1").decisions()).hasSize(1);
  }

  @Test
  void escalationLetsOthersDecideToo() {
    Turns turns =
        new Turns()
            .turn(RunStatus.WAITING, started(), task(2, 1, ASK), asked(2, ASK, "a1"))
            .turn(
                RunStatus.WAITING,
                new Fact.ApprovalEscalated(2, ASK, "a1", 1, List.of("role:chief")));
    assertThat(turns.approval("a1").approvers()).containsExactly("role:officer", "role:chief");
    assertThat(turns.approval("a1").escalated()).isEqualTo(1);
  }

  @Test
  void aCancelledTaskTakesWhatIsBelowItAlongAndWithdrawsItsQuestions() {
    Turns turns =
        new Turns()
            .turn(
                RunStatus.WAITING,
                started(),
                task(2, 1, "/do/0/fork"),
                task(4, 2, "/do/0/fork/a"),
                task(6, 4, ASK),
                asked(6, ASK, "a1"),
                task(9, 1, "/do/1/wait"),
                new Fact.WaitStarted(9, "/do/1/wait", Turns.BEGIN))
            .turn(RunStatus.WAITING, new Fact.TaskCancelled(2, "/do/0/fork", "lost"));
    assertThat(turns.line().open()).containsOnlyKeys(9L);
    assertThat(turns.line().waitingFor()).containsExactly("timer /do/1/wait");
    assertThat(turns.approval("a1").status()).isEqualTo("withdrawn");
  }

  @Test
  void whatIsWaitedForIsToldByKind() {
    Turns turns =
        new Turns()
            .turn(
                RunStatus.WAITING,
                started(),
                task(2, 1, "/a"),
                task(4, 1, "/b"),
                task(6, 1, "/c"),
                new Fact.ListenStarted(2, "/a", "s", new EventFilter(Map.of()), Optional.empty()),
                new Fact.RetryScheduled(4, "/b", 1, Turns.BEGIN, error("/b")),
                called(6, "/c", "r1-6", 1, CallKind.HTTP),
                new Fact.CallUnknown(6, "/c", "r1-6", OnUnknownOutcome.ASK, "node lost"));
    assertThat(turns.line().waitingFor()).containsExactly("event /a", "timer /b", "outcome /c");
    turns.turn(
        RunStatus.RUNNING,
        new Fact.TaskRetried(4, "/b", 1, Optional.empty()),
        new Fact.CallResolved(6, "/c", "r1-6", "succeeded", "user:ada", "saw it"),
        settled(6, "/c", "r1-6", succeeded(1)));
    assertThat(turns.line().waitingFor()).containsExactly("event /a");
  }

  @Test
  void anEndedRunWaitsForNothingAndKeepsItsFirstEnd() {
    Turns turns =
        new Turns()
            .turn(RunStatus.WAITING, started(), task(2, 1, ASK), asked(2, ASK, "a1"))
            .turn(
                RunStatus.CANCELLED,
                new Fact.TaskCancelled(2, ASK, "cancelled"),
                new Fact.RunCancelled("user:ada", Optional.empty()))
            .turn(RunStatus.CANCELLED, settled(2, ASK, "r1-2", succeeded(1)));
    assertThat(turns.line().waitingFor()).isEmpty();
    assertThat(turns.line().endedAt()).contains(Turns.BEGIN.plusSeconds(1));
    assertThat(turns.approval("a1").status()).isEqualTo("withdrawn");
  }

  @Test
  void aRetriedRunHasNoEnd() {
    Turns turns =
        new Turns()
            .turn(
                RunStatus.FAULTED,
                started(),
                task(2, 1, ASK),
                new Fact.TaskFaulted(2, ASK, error(ASK)),
                new Fact.RunFaulted(error(ASK)));
    assertThat(turns.line().endedAt()).isPresent();
    turns.turn(RunStatus.RUNNING, new Fact.RunRetried("user:ada", Optional.of(ASK)));
    assertThat(turns.line().endedAt()).isEmpty();
    turns.turn(
        RunStatus.COMPLETED, task(7, 1, ASK), completed(7, ASK), new Fact.RunCompleted(ok()));
    assertThat(turns.line().open()).isEmpty();
    assertThat(turns.line().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aRunThatDoesNotBeginWithItsStartStopsTheViews() {
    Turns turns = new Turns().turn(RunStatus.RUNNING, task(2, 1, ASK));
    assertThatThrownBy(turns::projected).isInstanceOf(ViewFault.class).hasMessageContaining("r1");
  }

  private static com.fasterxml.jackson.databind.JsonNode ok() {
    return Json.object().put("ok", true);
  }
}
