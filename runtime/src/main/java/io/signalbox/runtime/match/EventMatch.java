package io.signalbox.runtime.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an event is one that a filter takes. Of an expression about an attribute, {@code .} is
 * that attribute; wherever it stands within {@code data} it is the event's data.
 */
public final class EventMatch {
  private EventMatch() {}

  /** Without the listening run's variables: what needs them is taken, for the run to look at. */
  public static boolean may(EventFilter filter, JsonNode event) {
    return takes(filter, event, Optional.empty());
  }

  /** All that there is to know is known. */
  public static boolean takes(EventFilter filter, JsonNode event, Map<String, JsonNode> variables) {
    return takes(filter, event, Optional.of(variables));
  }

  private static boolean takes(
      EventFilter filter, JsonNode event, Optional<Map<String, JsonNode>> variables) {
    return filter.with().entrySet().stream()
        .allMatch(e -> holds(e.getKey(), e.getValue(), event.path(e.getKey()), variables));
  }

  private static boolean holds(
      String attribute,
      JsonNode wanted,
      JsonNode actual,
      Optional<Map<String, JsonNode>> variables) {
    if (attribute.equals("data")) {
      return within(wanted, actual, actual, variables);
    }
    if (attribute.equals("time")
        && wanted.isTextual()
        && Texts.sameTime(wanted.asText(), actual.asText())) {
      return true;
    }
    return leaf(wanted, actual, actual, variables);
  }

  /** An object's fields must all be there, an array must be the same throughout. */
  private static boolean within(
      JsonNode wanted, JsonNode actual, JsonNode data, Optional<Map<String, JsonNode>> variables) {
    if (wanted.isObject()) {
      return actual.isObject()
          && wanted.properties().stream()
              .allMatch(e -> within(e.getValue(), actual.path(e.getKey()), data, variables));
    }
    if (wanted.isArray()) {
      if (!actual.isArray() || actual.size() != wanted.size()) {
        return false;
      }
      for (int i = 0; i < wanted.size(); i++) {
        if (!within(wanted.get(i), actual.get(i), data, variables)) {
          return false;
        }
      }
      return true;
    }
    return leaf(wanted, actual, data, variables);
  }

  private static boolean leaf(
      JsonNode wanted, JsonNode actual, JsonNode dot, Optional<Map<String, JsonNode>> variables) {
    if (wanted.isTextual() && Expressions.isExpression(wanted.textValue())) {
      return holds(wanted.textValue(), dot, variables);
    }
    if (actual.isMissingNode() || actual.isContainerNode()) {
      return false;
    }
    if (wanted.isTextual()) {
      return Texts.takes(wanted.textValue(), actual.asText());
    }
    return wanted.isNumber() && actual.isNumber()
        ? wanted.decimalValue().compareTo(actual.decimalValue()) == 0
        : wanted.equals(actual)
            || (actual.isTextual() && wanted.asText().equals(actual.textValue()));
  }

  private static boolean holds(
      String expression, JsonNode dot, Optional<Map<String, JsonNode>> variables) {
    if (variables.isEmpty() && Expressions.fault(expression, Set.of()).isPresent()) {
      return true;
    }
    try {
      return Expressions.holds(
          expression,
          dot.isMissingNode() ? NullNode.getInstance() : dot,
          variables.orElse(Map.of()));
    } catch (ExpressionFailed e) {
      // an expression that fails on this event does not take it
      return false;
    }
  }

  /**
   * The event's correlation values by name, if it has all that the filter asks for and none is
   * other than expected.
   *
   * @param learnt values that earlier events have shown
   */
  public static Optional<Map<String, String>> correlated(
      EventFilter filter, JsonNode event, Map<String, String> learnt) {
    Map<String, String> values = new HashMap<>();
    for (var entry : filter.correlations().entrySet()) {
      String name = entry.getKey();
      Optional<String> value = extracted(entry.getValue().from(), event);
      Optional<String> expected =
          entry
              .getValue()
              .expect()
              .flatMap(Texts::plain)
              .or(() -> Optional.ofNullable(learnt.get(name)));
      boolean open = entry.getValue().expect().isEmpty() && expected.isEmpty();
      if (value.isEmpty() || !(open || expected.equals(value))) {
        return Optional.empty();
      }
      values.put(name, value.get());
    }
    return Optional.of(values);
  }

  static Optional<String> extracted(String from, JsonNode event) {
    try {
      return Texts.plain(Expressions.expression(from, event, Map.of()));
    } catch (ExpressionFailed e) {
      // an event without what the expression takes out correlates with nothing
      return Optional.empty();
    }
  }
}
