package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.Extension;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.definition.TaskKinds;
import io.signalbox.runtime.expression.Expressions;
import io.signalbox.runtime.run.Composites.Next;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tasks around a task ({@code use.extensions}). They run within the extended task's activation:
 * their errors are its errors, its time limit is theirs. What their lists put out is dropped,
 * unless a list is left by {@code exit}: then that is the task's raw output (see
 * docs/decisions/0008).
 */
final class Extensions {
  private static final String OWN = "/use/extensions/";

  private final Deciding turn;

  Extensions(Deciding turn) {
    this.turn = turn;
  }

  /** The extensions of a task about to begin; extensions are not extended themselves. */
  List<String> of(Step step, Map<String, JsonNode> variables) {
    if (turn.definition.extensions().isEmpty() || step.pointer().startsWith(OWN)) {
      return List.of();
    }
    String kind = TaskKinds.of(step.source());
    Map<String, JsonNode> seen = new HashMap<>(variables);
    if (seen.get("task") instanceof ObjectNode task) {
      seen.put("task", Scope.withDefinition(task.deepCopy(), step));
    }
    JsonNode input = seen.getOrDefault("input", step.source());
    return turn.definition.extensions().stream()
        .filter(e -> e.extendsKind(kind))
        .filter(e -> e.when().map(w -> Expressions.holds(w, input, seen)).orElse(true))
        .map(Extension::pointer)
        .toList();
  }

  /** Whether tasks follow this one, which has its raw output. */
  boolean follow(Activation a) {
    return !(a.work() instanceof Work.Extending) && lists(a, true).findAny().isPresent();
  }

  void advance(Activation a, Work.Extending w) {
    if (!a.children().isEmpty()) {
      return;
    }
    Cursor cursor = w.cursor();
    Optional<Steps> current =
        lists(a, w.result().isPresent())
            .filter(list -> list.pointer().equals(cursor.steps()))
            .findFirst();
    Next next =
        current.map(list -> turn.composites.next(list, cursor)).orElse(new Next.Done(false));
    switch (next) {
      case Next.Run(Step step) -> turn.start(a, step, cursor.value());
      case Next.Stop _ -> turn.composites.end(cursor.value());
      case Next.Done(boolean left) when left ->
          turn.settle(a, cursor.value(), false, Optional.empty());
      case Next.Done _ -> proceed(a, w);
    }
  }

  private void proceed(Activation a, Work.Extending w) {
    Optional<Steps> following =
        lists(a, w.result().isPresent())
            .dropWhile(
                list -> !w.cursor().steps().isEmpty() && !list.pointer().equals(w.cursor().steps()))
            .skip(w.cursor().steps().isEmpty() ? 0 : 1)
            .findFirst();
    if (following.isPresent()) {
      turn.record(new Fact.ExtensionStarted(a.id(), a.task(), following.get().pointer()));
      turn.ready(a.id());
    } else if (w.result().isPresent()) {
      turn.settle(a, w.result().get().output(), true, w.result().get().then());
    } else {
      turn.record(new Fact.TaskEntered(a.id(), a.task()));
      turn.ready(a.id());
    }
  }

  private Stream<Steps> lists(Activation a, boolean after) {
    List<String> applying = a.extensions().orElse(List.of());
    return turn.definition.extensions().stream()
        .filter(e -> applying.contains(e.pointer()))
        .flatMap(e -> (after ? e.after() : e.before()).stream());
  }
}
