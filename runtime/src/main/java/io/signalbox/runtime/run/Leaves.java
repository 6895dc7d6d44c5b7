package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What tasks without sub-tasks do when they begin. */
final class Leaves {
  private final Deciding turn;

  Leaves(Deciding turn) {
    this.turn = turn;
  }

  void begin(Activation a) {
    Map<String, JsonNode> variables = Scope.of(turn.run, turn.definition, turn.state(), a);
    try {
      switch (turn.step(a.task()).task()) {
        case Task.Set task -> done(a, Expressions.evaluate(task.value(), a.input(), variables));
        case Task.Switch task -> choose(a, task, variables);
        case Task.Raise task -> raise(a, task, variables);
        case Task.Wait task -> pause(a, turn.duration(task.duration(), a.input(), variables));
        case Task.Emit task ->
            turn.record(
                new Fact.EventEmitted(
                    a.id(), a.task(), Emission.of(turn.run, a, task, variables, turn.now)));
        case Task.Listen task -> turn.hearing.begin(a, task, variables);
        case Task.Call task -> turn.calls.begin(a, task, variables);
        case Task.Do _, Task.For _, Task.Fork _, Task.Try _ ->
            // begun as a leaf because it could not be begun at all; the fault is recorded already
            turn.faults.raise(a, turn.faults.runtime("cannot begin", a.task()), Optional.empty());
      }
    } catch (ExpressionFailed | IllegalArgumentException e) {
      turn.faults.raise(a, turn.broken(e, a.task()), Optional.empty());
    }
  }

  private void done(Activation a, JsonNode output) {
    turn.complete(a, output, false, Optional.empty());
  }

  private void choose(Activation a, Task.Switch task, Map<String, JsonNode> variables) {
    Optional<Flow> then =
        task.cases().stream()
            .filter(
                c -> c.when().map(w -> Expressions.holds(w, a.input(), variables)).orElse(false))
            .findFirst()
            .or(() -> task.cases().stream().filter(c -> c.when().isEmpty()).findFirst())
            .map(Task.Case::then);
    turn.complete(a, a.input(), false, then);
  }

  private void raise(Activation a, Task.Raise task, Map<String, JsonNode> variables) {
    JsonNode e = Expressions.evaluate(task.error(), a.input(), variables);
    Optional<String> detail =
        e.hasNonNull("detail") ? Optional.of(e.get("detail").asText()) : Optional.empty();
    turn.faults.raise(
        a,
        new WorkflowError(
            e.path("type").asText("about:blank"),
            e.path("status").asInt(500),
            e.path("title").asText("Error"),
            detail,
            e.path("instance").asText(a.task())),
        Optional.empty());
  }

  private void pause(Activation a, Duration duration) {
    turn.record(new Fact.WaitStarted(a.id(), a.task(), turn.now.plus(duration)));
  }
}
