package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a task declares beyond the DSL, in its {@code metadata.signalbox}.
 *
 * @param compensation what undoes the task once it is done
 * @param labels put on the run when the task is done: literals and expressions
 */
public record Beyond(Optional<Steps> compensation, Map<String, JsonNode> labels) {
  public static final Beyond NOTHING = new Beyond(Optional.empty(), Map.of());

  public Beyond {
    labels = Map.copyOf(labels);
  }
}
