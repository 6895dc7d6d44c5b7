package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.run.Work.Stage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what a run has done: compensations one by one, of the task done last first. One that fails
 * for good is recorded, and the others go on (decision 10).
 */
final class Compensations {
  private final Deciding turn;

  Compensations(Deciding turn) {
    this.turn = turn;
  }

  // -- what is kept ------------------------------------------------------------------------------

  /** Fails where the task could not be kept for being undone any more. */
  void room(Step step) {
    int most = turn.bounds.beyond().compensations();
    if (step.beyond().compensation().isPresent() && turn.state().saga().kept().size() >= most) {
      throw new IllegalArgumentException(
          "the run has %d tasks to undo already, which is as many as it may have".formatted(most)
              + " (signalbox.runtime.runs.beyond.compensations)");
    }
  }

  /** What a compensation of this task will want to know; absent where it declares none. */
  Optional<JsonNode> compensable(Step step, Activation a) {
    if (step.beyond().compensation().isEmpty()) {
      return Optional.empty();
    }
    Map<String, JsonNode> variables = new HashMap<>();
    Scope.bind(turn.definition, turn.state(), a, variables);
    ObjectNode bound = Json.object();
    variables.forEach(bound::set);
    return Optional.of(bound);
  }

  /** The variables of a compensation. */
  static void bind(Compensable entry, Map<String, JsonNode> variables) {
    entry.variables().properties().forEach(v -> variables.putIfAbsent(v.getKey(), v.getValue()));
    ObjectNode compensated = Json.object().put("task", entry.task());
    compensated.set("input", entry.input());
    compensated.set("output", entry.output());
    variables.putIfAbsent("compensated", compensated);
  }

  // -- the whole run -----------------------------------------------------------------------------

  /** Whether the run has anything to undo before it may end, or is at it. */
  boolean wanted() {
    RunState state = turn.state();
    return state.saga().cause().isEmpty()
        && (!state.saga().kept().isEmpty()
            || state.live().values().stream().anyMatch(a -> a.work() instanceof Work.Undo));
  }

  void fault(WorkflowError error) {
    begin(
        new Fact.RunCompensating(Optional.of(error), Optional.empty(), Optional.empty()),
        "the run faulted");
  }

  void cancel(String by, Optional<String> reason) {
    begin(
        new Fact.RunCompensating(Optional.empty(), Optional.of(by), reason),
        "the run was cancelled");
  }

  /** Everything but compensations that are under way already is given up. */
  private void begin(Fact.RunCompensating why, String reason) {
    List<Activation> over =
        turn.state().live().values().stream()
            .filter(a -> a.id() != RunState.ROOT && !(a.work() instanceof Work.Leaving))
            .filter(a -> undo(a) == null)
            .sorted(Comparator.comparingLong(Activation::id).reversed())
            .toList();
    List<Activation> around = over.stream().filter(a -> !holdsNone(a)).toList();
    over.stream().filter(this::holdsNone).forEach(a -> cancel(a, reason));
    turn.record(why);
    around.forEach(a -> cancel(a, reason));
    turn.ready(RunState.ROOT);
  }

  /** What is around a compensation under way goes only once that stands for itself. */
  private boolean holdsNone(Activation a) {
    return turn.state().below(a.id()).stream()
        .noneMatch(id -> turn.state().get(id).work() instanceof Work.Undo);
  }

  private void cancel(Activation a, String reason) {
    doubt(turn, a, reason);
    turn.record(new Fact.TaskCancelled(a.id(), a.task(), reason));
  }

  /** A call that is given up in flight may have taken effect all the same: history says so. */
  static void doubt(Deciding turn, Activation a, String reason) {
    if (a.work() instanceof Work.Calling call
        && !call.kind().durable()
        && call.stage() != Stage.ASKING) {
      turn.record(
          new Fact.CallUnknown(
              a.id(),
              a.task(),
              call.key(),
              call.onUnknownOutcome(),
              reason + " while the call was in flight"));
    }
  }

  /** The compensation the activation is within, or is. */
  @Nullable Activation undo(Activation a) {
    for (Activation at = a; at != null; at = turn.state().live().get(at.parent())) {
      if (at.work() instanceof Work.Undo) {
        return at;
      }
    }
    return null;
  }

  // -- one after the other -----------------------------------------------------------------------

  void advance(Activation a, Work.Undoing w) {
    if (!a.children().isEmpty()) {
      return;
    }
    Optional<Compensable> next =
        turn.state().saga().kept().stream().filter(within(a)::covers).findFirst();
    if (next.isPresent()) {
      Compensable entry = next.get();
      long id = turn.nextSeq();
      turn.record(
          new Fact.CompensationStarted(id, a.id(), entry.task() + SagaFacts.PLACE, entry.id()));
      turn.ready(id);
    } else if (a.id() == RunState.ROOT) {
      end();
    } else {
      turn.complete(
          a,
          Json.object().put("completed", w.completed()).put("failed", w.failed()),
          false,
          Optional.empty());
    }
  }

  /** What is to be undone: all, or what was done in the body of a try. */
  private record Reach(Optional<Activation> attempt) {
    boolean covers(Compensable entry) {
      return attempt
          .map(t -> entry.within().contains(t.id()) && entry.task().startsWith(t.task() + "/try/"))
          .orElse(true);
    }
  }

  /** A compensate in the handler of a try is about the body of that try. */
  private Reach within(Activation a) {
    for (Activation at = a; at != null; at = turn.state().live().get(at.parent())) {
      if (at.work() instanceof Work.Trying trying && trying.handling().isPresent()) {
        return new Reach(Optional.of(at));
      }
    }
    return new Reach(Optional.empty());
  }

  /** The last task of a compensation is done. */
  void done(Activation a) {
    turn.record(new Fact.CompensationCompleted(a.id(), a.task()));
    turn.ready(a.parent());
  }

  void failed(Activation a, WorkflowError error) {
    turn.cancelBelow(a.id(), "the compensation failed");
    turn.record(new Fact.CompensationFaulted(a.id(), a.task(), error));
    turn.ready(a.parent());
  }

  /** Nothing is left to undo: the run ends as it would have before. */
  private void end() {
    Saga saga = turn.state().saga();
    Saga.Cause cause =
        saga.cause().orElseThrow(() -> new IllegalStateException("undone for no reason"));
    if (cause.error().isPresent()) {
      turn.record(new Fact.RunFaulted(cause.error().get()));
    } else if (saga.failures().isEmpty()) {
      turn.record(new Fact.RunCancelled(cause.by().orElse("unknown"), cause.reason()));
    } else {
      // a run that could not be undone is not merely cancelled: somebody has to see it
      var first = saga.failures().getFirst();
      turn.record(
          new Fact.RunFaulted(
              WorkflowError.standard(
                  "runtime",
                  500,
                  "Compensation failed",
                  "%s cancelled the run, but %d of its compensations failed; the first: %s"
                      .formatted(
                          cause.by().orElse("unknown"),
                          saga.failures().size(),
                          first.error().detail().orElse(first.error().title())),
                  first.task())));
    }
  }
}
