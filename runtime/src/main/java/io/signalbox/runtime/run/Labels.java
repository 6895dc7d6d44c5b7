package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.expression.Expressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels that tasks put on their run when they are done ({@code metadata.signalbox.labels}). */
final class Labels {
  private Labels() {}

  /**
   * What the task changes about the run's labels; absent when nothing.
   *
   * @param variables with {@code $output}
   * @throws IllegalArgumentException for a value that is no text, or too many or too long labels
   */
  static Optional<Fact> of(
      Deciding turn, Step step, JsonNode output, Map<String, JsonNode> variables) {
    if (step.beyond().labels().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> present = turn.state().began().labels();
    Map<String, String> put = new HashMap<>();
    List<String> removed = new ArrayList<>();
    step.beyond()
        .labels()
        .forEach(
            (key, value) -> {
              JsonNode label = Expressions.evaluate(value, output, variables);
              if (!label.isNull()) {
                put.put(key, text(turn, key, label));
              } else if (present.containsKey(key)) {
                removed.add(key);
              }
            });
    put.entrySet().removeIf(label -> label.getValue().equals(present.get(label.getKey())));
    Map<String, String> all = new HashMap<>(present);
    all.putAll(put);
    all.keySet().removeAll(removed);
    int most = turn.bounds.beyond().labels();
    if (all.size() > most) {
      throw new IllegalArgumentException(
          "the run would have %d labels; it may have %d (signalbox.runtime.runs.beyond.labels)"
              .formatted(all.size(), most));
    }
    return put.isEmpty() && removed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Fact.RunLabelled(step.pointer(), put, removed.stream().sorted().toList()));
  }

  private static String text(Deciding turn, String key, JsonNode label) {
    if (label.isContainerNode()) {
      throw new IllegalArgumentException(
          "label " + key + " must be a text, a number or true or false");
    }
    String text = label.asText();
    int most = turn.bounds.beyond().labelLength();
    if (key.length() > most || text.length() > most) {
      throw new IllegalArgumentException(
          "label %s is longer than %d characters (signalbox.runtime.runs.beyond.label-length)"
              .formatted(key.length() > most ? key.substring(0, most) : key, most));
    }
    return text;
  }
}
