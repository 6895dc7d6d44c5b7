package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.runtime.expression.Expressions;

/**
 * Times of events that are expressions. The DSL's schema wants either a literal or an expression,
 * but takes an expression for a literal as well, and so refuses what the DSL allows.
 */
final class EventTimes {
  private static final String ANY = "2026-01-31T12:00:00Z";

  private EventTimes() {}

  /** The same tree, in which the expressions have been replaced by a literal. */
  static JsonNode literal(JsonNode tree) {
    if (tree instanceof ObjectNode object
        && object.path("with") instanceof ObjectNode with
        && with.path("time").isTextual()
        && Expressions.isExpression(with.path("time").textValue())) {
      with.put("time", ANY);
    }
    tree.forEach(EventTimes::literal);
    return tree;
  }
}
