package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  sealed interface Next {
    record Run(Step step) implements Next {}

    /** The list is done; {@code left} when it was left on purpose. */
    record Done(boolean left) implements Next {}

    record Stop() implements Next {}
  }

  Next next(Steps steps, Cursor cursor) {
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

  /** Looks at all branches only while some have not begun; else it costs the same however wide. */
  void fork(Activation a, Work.Forking w) {
    Task.Fork task = (Task.Fork) turn.step(a.task()).task();
    if (task.compete() && !w.results().isEmpty()) {
      String winner = w.first().orElseGet(() -> w.results().keySet().iterator().next());
      turn.cancelBelow(a.id(), "another branch was first");
      turn.complete(turn.state().get(a.id()), result(w, winner), false, Optional.empty());
    } else if (w.results().size() + a.children().size() < task.branches().size()) {
      begin(a, w, task.branches());
    } else if (a.children().isEmpty()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      task.branches().forEach(b -> all.add(result(w, b.pointer())));
      turn.complete(a, all, false, Optional.empty());
    }
  }

  private static JsonNode result(Work.Forking w, String branch) {
    return w.results().getOrDefault(branch, NullNode.getInstance());
  }

  private void begin(Activation a, Work.Forking w, List<Step> branches) {
    Set<String> begun = new HashSet<>(w.results().keySet());
    a.children().forEach(id -> begun.add(turn.state().get(id).task()));
    for (Step branch : branches) {
      if (begun.contains(branch.pointer())) {
        continue;
      }
      if (turn.full()) {
        turn.ready(a.id());
        return;
      }
      if (!turn.state().live().containsKey(a.id())
          || !(turn.state().phase() instanceof Phase.Running)) {
        return;
      }
      turn.start(turn.state().get(a.id()), branch, a.input());
    }
  }

  /** Control reached {@code end}: the whole workflow is done with this value. */
  void end(JsonNode value) {
    turn.cancelBelow(RunState.ROOT, "the workflow ended");
    finish(value);
  }

  void finish(JsonNode value) {
    try {
      Map<String, JsonNode> variables =
          Scope.of(turn.run, turn.definition, turn.state(), turn.state().get(RunState.ROOT));
      variables.put("output", value);
      JsonNode output =
          turn.definition.outputAs().map(as -> turn.shape(as, value, variables)).orElse(value);
      turn.require("", "output", output);
      turn.record(new Fact.RunCompleted(output));
    } catch (ExpressionFailed e) {
      turn.faults.faultRun(turn.broken(e, "/output/as"));
    } catch (IllegalArgumentException e) {
      turn.faults.faultRun(turn.broken(e, "/output/schema"));
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
