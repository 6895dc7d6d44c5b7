package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * Which events somebody wants (DSL reference, "Event Filter").
 *
 * @param with attributes an event must have: a literal, a regular expression, or an expression
 *     about the attribute that must hold; with none every event is wanted
 * @param correlate what else must be equal, by name; the same name means the same value in every
 *     filter of one consumption
 */
public record EventFilter(
    Map<String, JsonNode> with, Optional<Map<String, Correlation>> correlate) {
  /** Every event there is. */
  public static final EventFilter EVERY = new EventFilter(Map.of());

  public EventFilter {
    with = Map.copyOf(with);
    correlate = correlate.filter(it -> !it.isEmpty()).map(Map::copyOf);
  }

  public EventFilter(Map<String, JsonNode> with) {
    this(with, Optional.empty());
  }

  /** The correlations by name; empty where there are none. */
  public Map<String, Correlation> correlations() {
    return correlate.orElse(Map.of());
  }
}
