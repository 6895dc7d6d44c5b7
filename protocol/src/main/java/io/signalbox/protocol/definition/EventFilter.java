package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Attributes an event must have; a value is a literal, or an expression that must hold. */
public record EventFilter(Map<String, JsonNode> with) {
  public EventFilter {
    with = Map.copyOf(with);
  }
}
