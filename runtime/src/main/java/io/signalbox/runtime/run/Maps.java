package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.definition.Task.OnFailure;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.WorkflowError;
import java.util.Map;
import java.util.Optional;

/**
 * How a map goes on: as soon as an item is done the next one begins, never more at once than
 * allowed ({@code call: map}, decision 10).
 */
final class Maps {
  private final Deciding turn;

  Maps(Deciding turn) {
    this.turn = turn;
  }

  void advance(Activation a, Work.Mapping w) {
    int total = w.items().size();
    if (w.outputs().size() + w.failed() == total) {
      turn.complete(a, MapFacts.output(w), true, Optional.empty());
      return;
    }
    Task.Mapping task = task(a);
    int allowed =
        Math.min(
            task.concurrency().orElse(turn.bounds.beyond().mapConcurrency()),
            turn.bounds.beyond().mostConcurrency());
    int running = a.children().size();
    for (int index = w.next(); index < total && running < allowed; index++, running++) {
      long id = turn.nextSeq();
      turn.record(new Fact.ItemStarted(id, a.id(), task.body().pointer(), index));
      turn.ready(id);
    }
  }

  /** The last task of an item is done. */
  void done(Activation a, Work.Item item) {
    turn.record(new Fact.ItemCompleted(a.id(), a.task(), item.index()));
    turn.ready(a.parent());
  }

  /** Whether the map goes on though this item fails. */
  boolean absorbs(Activation item) {
    Activation map = turn.state().get(item.parent());
    Task.Mapping task = task(map);
    Work.Mapping w = (Work.Mapping) map.work();
    if (task.onFailure() == OnFailure.FAIL) {
      return false;
    }
    double most =
        task.tolerate().map(t -> t < 1 ? t * w.items().size() : t).orElse(Double.MAX_VALUE);
    return w.failed() + 1 <= most;
  }

  void failed(Activation a, Work.Item item, WorkflowError error) {
    turn.cancelBelow(a.id(), "the item failed");
    turn.record(new Fact.ItemFaulted(a.id(), a.task(), item.index(), error));
    turn.ready(a.parent());
  }

  private Task.Mapping task(Activation map) {
    return (Task.Mapping) turn.step(map.task()).task();
  }

  /** The index of the item the activation is within, if it is within one. */
  static Optional<Integer> item(RunState state, Activation a) {
    for (Activation at = a; at != null; at = state.live().get(at.parent())) {
      if (at.work() instanceof Work.Item item) {
        return Optional.of(item.index());
      }
    }
    return Optional.empty();
  }

  /** The item's variables. */
  static void bind(
      Definition definition, Activation map, int index, Map<String, JsonNode> variables) {
    Step step = definition.steps().get(map.task());
    if (step != null
        && map.work() instanceof Work.Mapping w
        && step.task() instanceof Task.Mapping task) {
      variables.putIfAbsent(task.each(), w.items().path(index));
      variables.putIfAbsent(task.at(), IntNode.valueOf(index));
    }
  }
}
