package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.expression.Expressions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where a definition sends control in a given state, without anything being decided. */
final class Steering {
  private final RunId run;
  private final Definition definition;

  Steering(RunId run, Definition definition) {
    this.run = run;
    this.definition = definition;
  }

  /** What comes next in the list of tasks the activation is at. */
  Composites.Next next(RunState state, Activation a) {
    Cursor cursor = a.work().list().orElseThrow(() -> new IllegalStateException("no list"));
    Deciding decision =
        new Deciding(
            run,
            definition,
            new Rulebook(0, Map.of(), Map.of()),
            Interpreter.Bounds.STANDARD,
            state,
            Instant.EPOCH);
    return decision.composites.next(a, cursor);
  }

  static String text(Composites.Next next) {
    return switch (next) {
      case Composites.Next.Run(Step step) -> "next comes " + step.pointer();
      case Composites.Next.Done _ -> "the list of tasks is over";
      case Composites.Next.Stop _ -> "the workflow ends";
    };
  }

  /** Whether the task's {@code if} holds where the parent is. */
  boolean runs(RunState state, Activation parent, Step step) {
    JsonNode raw = TaskFacts.flowing(parent);
    Map<String, JsonNode> variables = Scope.inside(run, definition, state, parent);
    variables.put("input", raw);
    return step.when().map(when -> Expressions.holds(when, raw, variables)).orElse(true);
  }

  /** Whether the loop's {@code while} holds for the item at this index. */
  boolean goesOn(RunState state, Activation a, Task.For loop, int index) {
    Work.Loop w = (Work.Loop) a.work();
    Map<String, JsonNode> variables = Scope.of(run, definition, state, a);
    variables.put(loop.each(), w.items().path(index));
    variables.put(loop.at(), IntNode.valueOf(index));
    return loop.whilst()
        .map(whilst -> Expressions.holds(whilst, w.cursor().value(), variables))
        .orElse(true);
  }

  Optional<Flow> choose(RunState state, Activation a, Task.Switch choice) {
    Map<String, JsonNode> variables = Scope.of(run, definition, state, a);
    return choice.cases().stream()
        .filter(c -> c.when().map(w -> Expressions.holds(w, a.input(), variables)).orElse(true))
        .map(Task.Case::then)
        .findFirst();
  }
}
