package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.runtime.run.Interpreter.Decision;
import io.signalbox.runtime.run.Work.Stage;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suspend, resume, cancel, retry. */
final class Controls {
  private Controls() {}

  static Decision decide(Deciding turn, Stimulus.Control c) {
    boolean running = turn.state().phase() instanceof Phase.Running;
    boolean suspended = turn.state().phase() instanceof Phase.Suspended;
    boolean allowed =
        switch (c.verb()) {
          case SUSPEND -> running;
          case RESUME -> suspended;
          case CANCEL -> running || suspended;
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

  private static void cancel(Deciding turn, Stimulus.Control c) {
    turn.state().live().values().stream()
        .sorted(Comparator.comparingLong(Activation::id).reversed())
        .filter(a -> a.id() != RunState.ROOT && !(a.work() instanceof Work.Leaving))
        .forEach(
            a -> {
              if (a.work() instanceof Work.Calling call
                  && !call.kind().durable()
                  && call.stage() != Stage.ASKING) {
                turn.record(
                    new Fact.CallUnknown(
                        a.id(),
                        a.task(),
                        call.key(),
                        call.onUnknownOutcome(),
                        "the run was cancelled while the call was in flight"));
              }
              turn.record(new Fact.TaskCancelled(a.id(), a.task(), "the run was cancelled"));
            });
    turn.record(new Fact.RunCancelled(c.by(), c.reason()));
  }
}
