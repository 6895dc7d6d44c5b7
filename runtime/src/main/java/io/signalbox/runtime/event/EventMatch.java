package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.util.Map;

/** Whether an event is one that somebody listens for. Pure. */
final class EventMatch {
  private EventMatch() {}

  /** Every attribute of the filter holds; an expression is about the event's data or the event. */
  static boolean matches(EventFilter filter, CloudEvent event) {
    JsonNode whole = event.json();
    return filter.with().entrySet().stream().allMatch(e -> holds(e.getKey(), e.getValue(), whole));
  }

  private static boolean holds(String attribute, JsonNode wanted, JsonNode event) {
    JsonNode actual = event.path(attribute);
    if (wanted.isTextual() && wanted.textValue().strip().startsWith("${")) {
      try {
        return Expressions.holds(
            wanted.textValue(), attribute.equals("data") ? actual : event, Map.of());
      } catch (ExpressionFailed e) {
        // an expression that fails on this event does not match it
        return false;
      }
    }
    return (wanted.isTextual() && actual.isValueNode())
        ? wanted.textValue().equals(actual.asText())
        : wanted.equals(actual);
  }
}
