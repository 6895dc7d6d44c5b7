package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suspend, resume, cancel, retry. */
final class Controls {
  private Controls() {}

  static Decision decide(Deciding turn, Stimulus.Control c) {
    boolean running = turn.state().phase() instanceof Phase.Running;
    boolean suspended = turn.state().phase() instanceof Phase.Suspended;
    boolean frozen = turn.state().phase() instanceof Phase.Frozen;
    boolean allowed =
        switch (c.verb()) {
          case SUSPEND -> running || frozen;
          case RESUME -> suspended;
          case CANCEL -> running || suspended || frozen;
          case RETRY -> turn.state().phase() instanceof Phase.Faulted;
          case DELETE ->
              Summaries.status(turn.state()).ended()
                  && turn.state().census().children() == 0
                  && !(turn.state().phase() instanceof Phase.Deleted);
        };
    if (!allowed) {
      return Decision.no(
          new Refusal.Conflict(
              "a run that is "
                  + Summaries.status(turn.state()).text()
                  + " cannot be asked to "
                  + c.verb().name().toLowerCase(Locale.ROOT)));
    }
    if (c.verb() == Verb.RETRY && c.task().isPresent() && !open(turn.state(), c.task().get())) {
      return Decision.no(
          new Refusal.Conflict("task " + c.task().get() + " is not where the run failed"));
    }
    Optional<String> undone = undone(turn.state(), c.verb());
    if (undone.isPresent()) {
      return Decision.no(new Refusal.Conflict(undone.get()));
    }
    switch (c.verb()) {
      case SUSPEND -> turn.record(new Fact.RunSuspended(c.by(), c.reason()));
      case RESUME -> turn.record(new Fact.RunResumed(c.by()));
      case CANCEL -> cancel(turn, c);
      case RETRY -> turn.record(new Fact.RunRetried(c.by(), c.task()));
      case DELETE ->
          turn.record(new Fact.RunDeleted(c.by(), c.reason(), Summaries.status(turn.state())));
    }
    turn.readyAll();
    return turn.drive();
  }

  /** Whether the task was begun and not finished when the run faulted. */
  private static boolean open(RunState state, String task) {
    return state.live().values().stream()
        .flatMap(a -> a.work().list().stream())
        .anyMatch(c -> !c.settled() && c.current().equals(Optional.of(task)));
  }

  /** What cannot be asked of a run that undoes what it did, or has. */
  private static Optional<String> undone(RunState state, Verb verb) {
    if (state.saga().cause().isEmpty()) {
      return Optional.empty();
    }
    return switch (verb) {
      case SUSPEND, RESUME, DELETE -> Optional.empty();
      case CANCEL -> Optional.of("the run is undoing what it did already, and ends then");
      case RETRY ->
          Optional.of("the run has undone what it did; start a new one, or fork an earlier turn");
    };
  }

  private static void cancel(Deciding turn, Stimulus.Control c) {
    if (turn.compensations.wanted()) {
      turn.compensations.cancel(c.by(), c.reason());
      return;
    }
    turn.state().live().values().stream()
        .sorted(Comparator.comparingLong(Activation::id).reversed())
        .filter(a -> a.id() != RunState.ROOT && !(a.work() instanceof Work.Leaving))
        .forEach(
            a -> {
              Compensations.doubt(turn, a, "the run was cancelled");
              turn.record(new Fact.TaskCancelled(a.id(), a.task(), "the run was cancelled"));
            });
    turn.record(new Fact.RunCancelled(c.by(), c.reason()));
  }
}
