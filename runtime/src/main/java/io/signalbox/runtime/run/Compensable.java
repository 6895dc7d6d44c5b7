package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A task that is done and could be undone.
 *
 * @param id of the activation that did it
 * @param task its pointer
 * @param variables of the loops and handlers it was in
 * @param within the activations it was in, nearest first
 */
public record Compensable(
    long id, String task, JsonNode input, JsonNode output, JsonNode variables, List<Long> within) {
  public Compensable {
    within = List.copyOf(within);
  }
}
