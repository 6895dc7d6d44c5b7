package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Fact.Shape;
import io.signalbox.protocol.run.WorkflowError;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.pcollections.PMap;

/** What facts about a map's items do to the state. Pure and total. */
final class MapFacts {
  private MapFacts() {}

  static Work begun(Fact.TaskStarted f) {
    return new Work.Mapping(
        f.items().orElse(NullNode.getInstance()),
        f.shape() == Shape.COLLECT,
        0,
        Map.of(),
        Map.of(),
        0);
  }

  static RunState start(RunState s, Fact.ItemStarted f, Instant at) {
    Activation map = s.get(f.parent());
    Activation item =
        Activation.fresh(
            f.id(),
            f.parent(),
            f.task(),
            map.input(),
            at,
            Optional.empty(),
            Optional.empty(),
            new Work.Item(f.index(), Cursor.start(f.task(), map.input())));
    Work.Mapping w = (Work.Mapping) map.work();
    return s.add(item)
        .working(
            map.id(),
            new Work.Mapping(
                w.items(), w.collect(), f.index() + 1, w.outputs(), w.errors(), w.failed()));
  }

  static RunState complete(RunState s, Fact.ItemCompleted f) {
    Activation item = s.get(f.id());
    JsonNode output = ((Work.Item) item.work()).cursor().value();
    Work.Mapping w = (Work.Mapping) s.get(item.parent()).work();
    return s.without(f.id())
        .working(
            item.parent(),
            new Work.Mapping(
                w.items(),
                w.collect(),
                w.next(),
                plus(w.outputs(), f.index(), output),
                w.errors(),
                w.failed()));
  }

  static RunState fail(RunState s, Fact.ItemFaulted f) {
    Activation item = s.get(f.id());
    Work.Mapping w = (Work.Mapping) s.get(item.parent()).work();
    Map<Integer, WorkflowError> errors =
        w.collect() ? plus(w.errors(), f.index(), f.error()) : w.errors();
    return s.without(f.id())
        .working(
            item.parent(),
            new Work.Mapping(
                w.items(), w.collect(), w.next(), w.outputs(), errors, w.failed() + 1));
  }

  private static <T> Map<Integer, T> plus(Map<Integer, T> all, int index, T one) {
    return ((PMap<Integer, T>) all).plus(index, one);
  }

  /** What the items put out, in their order. */
  static JsonNode output(Work.Mapping w) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < w.items().size(); i++) {
      JsonNode output = w.outputs().get(i);
      WorkflowError error = w.errors().get(i);
      if (output != null) {
        all.add(w.collect() ? Json.object().set("output", output) : output);
      } else if (error != null) {
        all.add(Json.object().set("error", Json.tree(error)));
      }
    }
    return all;
  }
}
