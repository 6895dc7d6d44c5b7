package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What an event that was received is to the listening task.
 *
 * @param slot number of the filter that took it; those of {@code until} are counted on after the
 *     others
 * @param learnt the correlation values that this event was the first to show, by name
 * @param last whether no more events are wanted
 * @param raw the event's data as text, where it is read like that
 */
public record Heard(int slot, Map<String, String> learnt, boolean last, Optional<JsonNode> raw) {
  public Heard {
    learnt = Map.copyOf(learnt);
  }
}
