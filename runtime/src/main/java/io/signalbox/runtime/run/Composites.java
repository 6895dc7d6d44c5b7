package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How tasks with sub-tasks go on: lists, loops, forks, and the end of the workflow. */
final class Composites {
  private final Deciding turn;

  Composites(Deciding turn) {
    this.turn = turn;
  }

  void sequence(Activation a, Cursor cursor) {
    if (!a.children().isEmpty()) {
      return;
    }
    Steps steps = stepsOf(a, cursor);
    switch (next(steps, cursor)) {
      case Next.Run(Step step) -> turn.start(a, step, cursor.value());
      case Next.Done _ -> turn.complete(a, cursor.value(), false, Optional.empty());
      case Next.Stop _ -> end(cursor.value());
    }
  }

  /** One step further in a list that stands in a task of another kind. */
  void further(Activation a, Steps steps, Cursor cursor, Consumer<Boolean> done) {
    switch (next(steps, cursor)) {
      case Next.Run(Step step) -> turn.start(a, step, cursor.value());
      case Next.Done(boolean left) -> done.accept(left);
      case Next.Stop _ -> end(cursor.value());
    }
  }

  /** Where control goes in a list. */
  private sealed interface Next {
    record Run(Step step) implements Next {}

    /** The list is done; {@code left} when it was left on purpose. */
    record Done(boolean left) implements Next {}

    record Stop() implements Next {}
  }

  private Next next(Steps steps, Cursor cursor) {
    if (cursor.current().isEmpty()) {
      return steps.list().isEmpty() ? new Next.Done(false) : new Next.Run(steps.list().getFirst());
    }
    String current = cursor.current().get();
    Step at = turn.step(current);
    if (!cursor.settled()) {
      return new Next.Run(at);
    }
    return switch (cursor.then().orElse(at.then())) {
      case Flow.Continue _ ->
          steps.after(current).<Next>map(Next.Run::new).orElse(new Next.Done(false));
      case Flow.Exit _ -> new Next.Done(true);
      case Flow.End _ -> new Next.Stop();
      case Flow.Goto(String task) ->
          steps.named(task).<Next>map(Next.Run::new).orElse(new Next.Done(true));
    };
  }

  void loop(Activation a, Work.Loop w) {
    if (!a.children().isEmpty()) {
      return;
    }
    Task.For task = (Task.For) turn.step(a.task()).task();
    Cursor cursor = w.cursor();
    Next next = w.index() < 0 ? new Next.Done(false) : next(task.body(), cursor);
    switch (next) {
      case Next.Run(Step step) -> turn.start(a, step, cursor.value());
      case Next.Stop _ -> end(cursor.value());
      case Next.Done(boolean left) when left ->
          turn.complete(a, cursor.value(), false, Optional.empty());
      case Next.Done _ -> iterate(a, w, task);
    }
  }

  private void iterate(Activation a, Work.Loop w, Task.For task) {
    int index = w.index() + 1;
    JsonNode value = w.cursor().value();
    if (index >= w.items().size()) {
      turn.complete(a, value, false, Optional.empty());
      return;
    }
    try {
      if (task.whilst().isPresent()) {
        Map<String, JsonNode> variables = Scope.of(turn.run, turn.definition, turn.state(), a);
        variables.put(task.each(), w.items().path(index));
        variables.put(task.at(), JsonNodeFactory.instance.numberNode(index));
        if (!Expressions.holds(task.whilst().get(), value, variables)) {
          turn.complete(a, value, false, Optional.empty());
          return;
        }
      }
      turn.record(new Fact.IterationStarted(a.id(), a.task(), index));
      turn.ready(a.id());
    } catch (ExpressionFailed e) {
      turn.faults.raise(a, turn.broken(e, a.task()), Optional.empty());
    }
  }

  void fork(Activation a, Work.Forking w) {
    Task.Fork task = (Task.Fork) turn.step(a.task()).task();
    if (task.compete() && !w.results().isEmpty()) {
      turn.cancelBelow(a.id(), "another branch was first");
      turn.complete(a, w.results().values().iterator().next(), false, Optional.empty());
      return;
    }
    List<Step> open =
        task.branches().stream().filter(b -> !w.results().containsKey(b.pointer())).toList();
    if (open.isEmpty()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      task.branches().forEach(b -> all.add(w.results().get(b.pointer())));
      turn.complete(a, all, false, Optional.empty());
      return;
    }
    List<String> running = a.children().stream().map(id -> turn.state().get(id).task()).toList();
    for (Step branch : open) {
      if (!running.contains(branch.pointer())
          && turn.state().live().containsKey(a.id())
          && turn.state().phase() instanceof Phase.Running) {
        turn.start(a, branch, a.input());
      }
    }
  }

  /** Control reached {@code end}: the whole workflow is done with this value. */
  private void end(JsonNode value) {
    turn.cancelBelow(RunState.ROOT, "the workflow ended");
    finish(value);
  }

  void finish(JsonNode value) {
    try {
      Map<String, JsonNode> variables =
          Scope.of(turn.run, turn.definition, turn.state(), turn.state().get(RunState.ROOT));
      JsonNode output =
          turn.definition.outputAs().map(as -> turn.shape(as, value, variables)).orElse(value);
      turn.record(new Fact.RunCompleted(output));
    } catch (ExpressionFailed e) {
      turn.record(new Fact.RunFaulted(turn.broken(e, "")));
    }
  }

  private Steps stepsOf(Activation a, Cursor cursor) {
    if (a.id() == RunState.ROOT) {
      return turn.definition.root();
    }
    return switch (turn.step(a.task()).task()) {
      case Task.Do task -> task.body();
      case Task.For task -> task.body();
      case Task.Try task when cursor.steps().equals(task.body().pointer()) -> task.body();
      case Task.Try task ->
          task.caught().handler().orElseThrow(() -> new IllegalStateException("no handler"));
      case Task.Fork _, Task.Set _, Task.Switch _, Task.Raise _, Task.Wait _ ->
          throw new IllegalStateException(a.task() + " has no list of steps");
      case Task.Emit _, Task.Listen _, Task.Call _ ->
          throw new IllegalStateException(a.task() + " has no list of steps");
    };
  }
}
