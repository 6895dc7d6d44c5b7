package io.signalbox.runtime.run;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.run.Interpreter.Decision;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls that were sent and of which nobody knows whether they took effect. */
final class UnknownOutcomes {
  private final Deciding turn;

  UnknownOutcomes(Deciding turn) {
    this.turn = turn;
  }

  /** Nobody knows whether the call took effect: its declared policy decides. */
  void unknown(Activation a, Work.Calling call, String why) {
    OnUnknownOutcome policy =
        call.attempt() < turn.bounds.attempts() ? call.onUnknownOutcome() : OnUnknownOutcome.ASK;
    turn.record(new Fact.CallUnknown(a.id(), a.task(), call.key(), policy, why));
    switch (policy) {
      case IDEMPOTENT -> again(a, call, "sending again under the same key is harmless");
      case PROBE -> probe(a, call);
      case ASK -> {}
      case FAIL ->
          turn.calls.settle(
              a,
              call,
              new Outcome.Failed(
                  "runtime", 500, "the outcome is unknown: " + why, Optional.empty()),
              "policy");
    }
  }

  /** Looking cannot tell: a person has to. */
  void ask(Activation a, Work.Calling call, String why) {
    turn.record(new Fact.CallUnknown(a.id(), a.task(), call.key(), OnUnknownOutcome.ASK, why));
  }

  void again(Activation a, Work.Calling call, String why) {
    Duration timeout =
        call.tool()
            .map(ToolDefinition::timeout)
            .orElse(
                call.kind() == CallKind.PROCESS
                    ? turn.bounds.processTimeout()
                    : turn.bounds.httpTimeout());
    turn.record(
        new Fact.CallDispatched(
            a.id(),
            a.task(),
            call.key(),
            call.attempt() + 1,
            call.kind(),
            call.target(),
            call.arguments(),
            call.tool().filter(t -> !t.equals(turn.state().tools().get(t.name()))),
            call.onUnknownOutcome(),
            turn.now.plus(timeout).plus(Calls.LEASE_SLACK),
            Optional.of(why),
            call.tool().map(ToolDefinition::risk)));
  }

  private void probe(Activation a, Work.Calling call) {
    long pause = Math.min(60, 5L << Math.min(call.attempt(), 6));
    Instant until = turn.now.plusSeconds(pause);
    turn.record(new Fact.CallProbed(a.id(), a.task(), call.key(), call.attempt() + 1, until));
  }

  Decision recovered() {
    for (Activation a : List.copyOf(turn.state().live().values())) {
      if (a.work() instanceof Work.Calling call && !call.kind().durable()) {
        doubt(a, call, "the gateway stopped while the call was in flight");
      }
    }
    turn.readyAll();
    return turn.drive();
  }

  /** The time for an answer is over, or whoever waited for it is gone. */
  void doubt(Activation a, Work.Calling call, String why) {
    switch (call.stage()) {
      case SENT -> unknown(a, call, why);
      case PROBING -> unknown(a, call, "no answer to the probe: " + why);
      case ASKING -> {}
    }
  }

  Decision resolved(Stimulus.Resolved r) {
    Optional<Activation> found =
        turn.state().live().values().stream()
            .filter(a -> a.task().equals(r.task()))
            .filter(a -> a.work() instanceof Work.Calling c && c.stage() == Stage.ASKING)
            .findFirst();
    if (found.isEmpty()) {
      return Decision.no(
          new Refusal.Conflict("no call of task " + r.task() + " has an unknown outcome"));
    }
    Activation a = found.get();
    Work.Calling call = (Work.Calling) a.work();
    Optional<Outcome> outcome = outcome(r);
    if (outcome.isEmpty() && !r.outcome().equals("retry")) {
      return Decision.no(
          new Refusal.Invalid(
              "the outcome is not one of succeeded, failed, retry",
              List.of(new Fault("/outcome", "must be succeeded, failed or retry"))));
    }
    turn.record(
        new Fact.CallResolved(a.id(), a.task(), call.key(), r.outcome(), r.by(), r.reason()));
    outcome.ifPresentOrElse(
        o -> turn.calls.settle(a, call, o, "person"),
        () -> again(a, call, "a person said to try again"));
    return turn.drive();
  }

  private static Optional<Outcome> outcome(Stimulus.Resolved r) {
    return switch (r.outcome()) {
      case "succeeded" ->
          Optional.of(new Outcome.Succeeded(r.result().orElse(Json.object()), Usage.NONE));
      case "failed" ->
          Optional.of(
              new Outcome.Failed(
                  "runtime", 500, r.by() + " says it failed: " + r.reason(), Optional.empty()));
      default -> Optional.empty();
    };
  }
}
