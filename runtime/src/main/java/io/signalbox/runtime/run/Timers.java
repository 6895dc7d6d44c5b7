package io.signalbox.runtime.run;

import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.run.Interpreter.Decision;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes due as time passes. */
final class Timers {
  private final Deciding turn;

  Timers(Deciding turn) {
    this.turn = turn;
  }

  Decision tick() {
    if (!(turn.state().phase() instanceof Phase.Running)) {
      return turn.drive();
    }
    for (long id : turn.state().census().due(turn.now)) {
      Activation a = turn.state().live().get(id);
      if (a != null && turn.state().phase() instanceof Phase.Running) {
        look(a);
      }
    }
    turn.readyAll();
    return turn.drive();
  }

  private void look(Activation a) {
    if (a.deadline().map(this::past).orElse(false)) {
      WorkflowError late =
          WorkflowError.standard(
              "timeout", 408, "Timeout", "the time for " + name(a) + " is over", a.task());
      if (a.id() == RunState.ROOT) {
        turn.faults.faultRun(late);
      } else {
        turn.faults.raise(a, late, Optional.empty());
      }
      return;
    }
    switch (a.work()) {
      case Work.Waiting w when past(w.until()) ->
          turn.complete(a, a.input(), false, Optional.empty());
      case Work.Trying w when w.backoff().map(this::past).orElse(false) -> turn.faults.retry(a);
      case Work.Trying w when w.until().map(this::past).orElse(false) -> turn.faults.late(a);
      case Work.Calling w when !w.kind().durable() && past(w.leaseUntil()) ->
          turn.unknowns.doubt(a, w, "no answer came in time");
      case Work.Approving w when w.approval().status().equals("open") -> approval(a, w.approval());
      case Work.Held _ -> {} // tried again once all moments are looked at
      case Work.Waiting _, Work.Trying _, Work.Calling _, Work.Approving _, Work.Fresh _ -> {}
      case Work.Sequence _, Work.Loop _, Work.Forking _, Work.Extending _ -> {}
      case Work.Listening _, Work.Consuming _, Work.Leaving _ -> {}
      case Work.Emitting _, Work.Returned _ -> {}
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> {}
    }
  }

  private void approval(Activation a, ApprovalView approval) {
    for (int i = approval.escalated(); i < approval.escalate().size(); i++) {
      ApprovalView.Escalation step = approval.escalate().get(i);
      if (past(step.at())) {
        turn.record(new Fact.ApprovalEscalated(a.id(), a.task(), approval.id(), i + 1, step.to()));
      }
    }
    if (approval.expires().map(this::past).orElse(false)) {
      turn.record(new Fact.ApprovalExpired(a.id(), a.task(), approval.id()));
      turn.ready(a.id());
    }
  }

  private boolean past(Instant moment) {
    return !moment.isAfter(turn.now);
  }

  private static String name(Activation a) {
    return a.task().isEmpty() ? "the run" : a.task();
  }

  /** When time alone will next make this run do something; absent when never. */
  static Optional<Instant> next(RunState state) {
    if (!(state.phase() instanceof Phase.Running)) {
      return Optional.empty();
    }
    return state.census().next();
  }

  /** When time alone will make this work do something; absent when never. */
  static Optional<Instant> due(Work work) {
    return switch (work) {
      case Work.Waiting w -> Optional.of(w.until());
      case Work.Trying w -> w.backoff().or(w::until);
      case Work.Calling w when w.kind().durable() -> Optional.empty();
      case Work.Calling w ->
          w.stage() == Stage.ASKING ? Optional.empty() : Optional.of(w.leaseUntil());
      case Work.Approving w when w.approval().status().equals("open") -> due(w.approval());
      case Work.Held w -> w.until();
      case Work.Fresh _, Work.Sequence _, Work.Loop _, Work.Forking _, Work.Extending _ ->
          Optional.empty();
      case Work.Listening _, Work.Emitting _, Work.Approving _, Work.Returned _ -> Optional.empty();
      case Work.Consuming _, Work.Leaving _ -> Optional.empty();
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> Optional.empty();
    };
  }

  private static Optional<Instant> due(ApprovalView approval) {
    return Stream.concat(
            approval.escalate().stream()
                .skip(approval.escalated())
                .map(ApprovalView.Escalation::at),
            approval.expires().stream())
        .min(Comparator.naturalOrder());
  }
}
