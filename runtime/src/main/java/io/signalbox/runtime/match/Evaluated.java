package io.signalbox.runtime.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.Correlation;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a task listens for, as it is when the task begins. An expression in place of an attribute
 * that gives a text or a number is the value the attribute must have; any other is a condition on
 * the attribute and waits for the event, as those about the data always do.
 */
public final class Evaluated {
  private Evaluated() {}

  /** Fails with ExpressionFailed where an expected correlation value cannot be made. */
  public static Consumption of(Consumption to, JsonNode input, Map<String, JsonNode> variables) {
    return new Consumption(
        to.mode(),
        to.filters().stream().map(it -> of(it, input, variables)).toList(),
        to.untilHolds(),
        to.untilHeard().map(it -> of(it, input, variables)));
  }

  private static EventFilter of(
      EventFilter filter, JsonNode input, Map<String, JsonNode> variables) {
    Map<String, JsonNode> with = new HashMap<>();
    filter
        .with()
        .forEach(
            (name, wanted) ->
                with.put(name, name.equals("data") ? wanted : attribute(wanted, input, variables)));
    Map<String, Correlation> correlate = new HashMap<>();
    filter
        .correlations()
        .forEach(
            (name, it) ->
                correlate.put(
                    name,
                    new Correlation(
                        it.from(), it.expect().map(e -> expected(e, input, variables)))));
    return new EventFilter(with, Optional.of(correlate));
  }

  private static JsonNode attribute(
      JsonNode wanted, JsonNode input, Map<String, JsonNode> variables) {
    if (!wanted.isTextual() || !Expressions.isExpression(wanted.textValue())) {
      return wanted;
    }
    try {
      JsonNode value = Expressions.evaluate(wanted, input, variables);
      if (value.isTextual()) {
        return TextNode.valueOf(Texts.exactly(value.textValue()));
      }
      return value.isNumber() ? value : wanted;
    } catch (ExpressionFailed e) {
      // it fails on the task's input because it is about the attribute
      return wanted;
    }
  }

  private static JsonNode expected(
      JsonNode expect, JsonNode input, Map<String, JsonNode> variables) {
    return Texts.plain(Expressions.evaluate(expect, input, variables))
        .map(TextNode::valueOf)
        .orElseThrow(
            () ->
                new ExpressionFailed(
                    expect.asText(), "gives null, with which no event can correlate"));
  }
}
