package io.signalbox.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Evaluates jq expressions: the same text, input and variables always give the same value or the
 * same {@link ExpressionFailed}. Variables are named without {@code $}.
 */
public final class Expressions {
  private static final int DEEPEST = 200;

  /** One for the process, as its memory is: set when the server starts, before the first use. */
  private static volatile ExpressionLimits limits = ExpressionLimits.STANDARD;

  private Expressions() {}

  /** What every evaluation from now on may use. */
  public static void bound(ExpressionLimits by) {
    limits = by;
  }

  static ExpressionLimits limits() {
    return limits;
  }

  /** The template with every text of the form <code>${ ... }</code> replaced by its value. */
  public static JsonNode evaluate(
      JsonNode template, JsonNode dot, Map<String, JsonNode> variables) {
    Budget budget = new Budget(limits);
    JsonNode value = fill(template, dot, variables, budget, 0);
    return bounded(template.isTextual() ? template.textValue() : "template", value, budget);
  }

  /** The value of a text that is always an expression, bare or within <code>${ }</code>. */
  public static JsonNode expression(String text, JsonNode dot, Map<String, JsonNode> variables) {
    Budget budget = new Budget(limits);
    return bounded(text, run(text, dot, variables, budget), budget);
  }

  /** For {@code from} and {@code as}: a text is always an expression, anything else a template. */
  public static JsonNode filter(JsonNode filter, JsonNode dot, Map<String, JsonNode> variables) {
    return filter.isTextual()
        ? expression(filter.textValue(), dot, variables)
        : evaluate(filter, dot, variables);
  }

  /** Whether the expression's value is anything but false or null. */
  public static boolean holds(String text, JsonNode dot, Map<String, JsonNode> variables) {
    JsonNode value = run(text, dot, variables, new Budget(limits));
    return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
  }

  /** What keeps this expression from being deployed, given the variables there will be. */
  public static Optional<String> fault(String text, Set<String> variables) {
    try {
      Query query = Query.of(bare(text));
      return query.variables().stream()
          .filter(name -> !variables.contains(name))
          .sorted()
          .findFirst()
          .map(name -> "there is no variable $" + name + " here; " + known(variables));
    } catch (ExpressionFailed e) {
      return Optional.of(e.reason());
    }
  }

  /** Whether a text in a template is an expression rather than itself. */
  public static boolean isExpression(String text) {
    String stripped = text.strip();
    return stripped.startsWith("${") && stripped.endsWith("}");
  }

  /** The expression without <code>${ }</code>. */
  public static String bare(String text) {
    String stripped = text.strip();
    return isExpression(stripped) ? stripped.substring(2, stripped.length() - 1).strip() : stripped;
  }

  private static String known(Set<String> variables) {
    return variables.isEmpty() ? "none are known" : "known are " + list(variables);
  }

  private static String list(Set<String> variables) {
    return String.join(", ", variables.stream().sorted().map(name -> "$" + name).toList());
  }

  private static JsonNode run(
      String text, JsonNode dot, Map<String, JsonNode> variables, Budget budget) {
    Query query = Query.of(bare(text));
    try {
      budget.requireSmall(dot, budget.limits().value(), "the input");
    } catch (Budget.Exceeded e) {
      throw new ExpressionFailed(text, String.valueOf(e.getMessage()));
    }
    return query.run(dot, variables, budget);
  }

  private static JsonNode bounded(String text, JsonNode value, Budget budget) {
    try {
      budget.requireSmall(value, budget.limits().result(), "the result");
      return value;
    } catch (Budget.Exceeded e) {
      throw new ExpressionFailed(text, String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode fill(
      JsonNode template, JsonNode dot, Map<String, JsonNode> variables, Budget budget, int depth) {
    if (depth > DEEPEST) {
      throw new ExpressionFailed("template", "is nested deeper than " + DEEPEST);
    }
    return switch (template) {
      case ObjectNode object -> {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          filled.set(entry.getKey(), fill(entry.getValue(), dot, variables, budget, depth + 1));
        }
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode(array.size());
        for (JsonNode element : array) {
          filled.add(fill(element, dot, variables, budget, depth + 1));
        }
        yield filled;
      }
      case JsonNode text when text.isTextual() && isExpression(text.textValue()) ->
          run(text.textValue(), dot, variables, budget);
      case JsonNode literal -> literal;
    };
  }
}
