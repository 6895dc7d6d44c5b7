package io.signalbox.runtime.run;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalFacts;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.RunView.WaitingFor;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A run told to those outside. Pure. */
final class Summaries {
  private Summaries() {}

  static RunStatus status(RunState state) {
    return switch (state.phase()) {
      case Phase.Unstarted _ -> RunStatus.PENDING;
      case Phase.Suspended _ -> RunStatus.SUSPENDED;
      case Phase.Cancelled _ -> RunStatus.CANCELLED;
      case Phase.Faulted _ -> RunStatus.FAULTED;
      case Phase.Completed _ -> RunStatus.COMPLETED;
      case Phase.Deleted p -> p.was();
      case Phase.Running _ -> state.census().atWork() ? RunStatus.RUNNING : RunStatus.WAITING;
    };
  }

  static RunView view(RunId run, RunState state) {
    return view(run, state, Integer.MAX_VALUE);
  }

  /** At most {@code listed} of what it waits for, and of its current tasks, are named. */
  static RunView view(RunId run, RunState state, int listed) {
    Begun begun = state.begun().orElseThrow(() -> new IllegalStateException("not started"));
    List<Activation> live =
        state.live().values().stream()
            .filter(a -> !(a.work() instanceof Work.Leaving))
            .sorted(Comparator.comparingLong(Activation::id))
            .toList();
    boolean over = status(state).ended();
    return new RunView(
        run.id(),
        begun.workflow(),
        begun.digest(),
        status(state),
        begun.input(),
        state.phase() instanceof Phase.Completed c ? Optional.of(c.output()) : Optional.empty(),
        state.phase() instanceof Phase.Faulted f ? Optional.of(f.error()) : Optional.empty(),
        Map.copyOf(begun.labels()),
        begun.at(),
        ended(state.phase()),
        over ? List.of() : live.stream().flatMap(Summaries::waiting).limit(listed).toList(),
        over
            ? List.of()
            : live.stream()
                .filter(a -> a.children().isEmpty() && !a.task().isEmpty())
                .map(Activation::task)
                .distinct()
                .limit(listed)
                .toList(),
        state.usage(),
        begun.parent(),
        begun.forkedFrom(),
        compensation(state));
  }

  private static Optional<RunView.Compensation> compensation(RunState state) {
    Saga saga = state.saga();
    long underWay =
        state.live().values().stream().filter(a -> a.work() instanceof Work.Undo).count();
    if (saga.cause().isEmpty()
        && saga.completed() == 0
        && saga.failures().isEmpty()
        && underWay == 0) {
      return Optional.empty();
    }
    int open = (int) underWay + (saga.cause().isPresent() ? saga.kept().size() : 0);
    return Optional.of(
        new RunView.Compensation(
            saga.cause().map(why -> why.error().isPresent() ? "fault" : "cancel"),
            open,
            saga.completed(),
            saga.failures()));
  }

  private static Optional<Instant> ended(Phase phase) {
    return switch (phase) {
      case Phase.Cancelled p -> Optional.of(p.at());
      case Phase.Faulted p -> Optional.of(p.at());
      case Phase.Completed p -> Optional.of(p.at());
      case Phase.Deleted p -> Optional.of(p.at());
      case Phase.Unstarted _, Phase.Running _, Phase.Suspended _ -> Optional.empty();
    };
  }

  private static Stream<WaitingFor> waiting(Activation a) {
    return switch (a.work()) {
      case Work.Waiting w -> one("timer", a, Optional.empty(), Optional.of(w.until()), "a timer");
      case Work.Trying w when w.backoff().isPresent() ->
          one("timer", a, Optional.empty(), w.backoff(), "the next try");
      case Work.Listening w ->
          one("event", a, Optional.of(w.subscription()), a.deadline(), what(w));
      case Work.Consuming w when !w.closed() ->
          one("event", a, Optional.of(w.subscription()), a.deadline(), HearingFacts.told(w));
      case Work.Approving w when w.approval().status().equals("open") ->
          one(
              "approval",
              a,
              Optional.of(w.approval().id()),
              w.approval().expires(),
              w.approval().title());
      case Work.Calling w when w.stage() == Stage.ASKING ->
          one("outcome", a, Optional.of(w.key()), Optional.empty(), w.target());
      case Work.Calling w when ChildFacts.awaited(w).isPresent() ->
          one("run", a, ChildFacts.awaited(w), a.deadline(), w.target());
      case Work.Fresh _, Work.Sequence _, Work.Loop _, Work.Forking _, Work.Trying _ -> Stream.of();
      case Work.Extending _ -> Stream.of();
      case Work.Emitting _, Work.Approving _, Work.Calling _, Work.Returned _ -> Stream.of();
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> Stream.of();
      case Work.Consuming _, Work.Leaving _ -> Stream.of();
    };
  }

  private static String what(Work.Listening w) {
    return "event " + w.filter().with();
  }

  private static Stream<WaitingFor> one(
      String kind, Activation a, Optional<String> id, Optional<Instant> until, String what) {
    return Stream.of(new WaitingFor(kind, a.task(), id, until, what));
  }

  /**
   * When the run wants to be looked at though nothing arrives: a deadline of its own, or for a busy
   * run, or one that has to do with child runs, a while from now; absent when it waits purely on
   * the outside.
   */
  static Optional<Instant> due(RunState state, Instant now, Duration lookAgain) {
    Optional<Instant> own = Timers.next(state);
    Optional<Instant> later = Optional.of(now.plus(lookAgain));
    if (state.census().children() > 0) {
      return own.filter(at -> at.isBefore(later.get())).or(() -> later);
    }
    return own.isPresent() || status(state) != RunStatus.RUNNING ? own : later;
  }

  static Optional<ApprovalView> approval(RunId run, RunState state, String id) {
    return state.live().values().stream()
        .flatMap(a -> a.work() instanceof Work.Approving w ? Stream.of(w.approval()) : Stream.of())
        .filter(v -> v.id().equals(id))
        .map(v -> ApprovalFacts.of(v, run.id()))
        .findFirst();
  }

  /** The approval as the facts left it, though the run has gone on since. */
  static Optional<ApprovalView> decided(RunId run, RunState before, List<Fact> facts, String id) {
    RunState state = before;
    Optional<ApprovalView> latest = Optional.empty();
    for (Fact fact : facts) {
      state = state.after(fact, Instant.EPOCH);
      if (fact instanceof Fact.ApprovalDecided d && d.approvalId().equals(id)) {
        latest = approval(run, state, id);
      }
    }
    return latest;
  }
}
