package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Brings an argument into the type of its parameter where the two mean the same. */
final class Values {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?");

  private Values() {}

  static JsonNode fitted(JsonNode value, JsonNode schema, String type) {
    return switch (type) {
      case "array" -> array(value, schema.path("items"));
      case "integer", "number" -> number(value);
      case "boolean" ->
          value.isTextual() && value.asText().matches("true|false")
              ? BooleanNode.valueOf(value.asText().equals("true"))
              : value;
      case "string" ->
          value.isNumber() || value.isBoolean() ? TextNode.valueOf(value.asText()) : value;
      default -> value;
    };
  }

  /** One value stands for a list of one. */
  private static JsonNode array(JsonNode value, JsonNode items) {
    var list = JsonNodeFactory.instance.arrayNode();
    var type = items.path("type").asText("");
    if (value.isArray()) {
      value.forEach(it -> list.add(fitted(it, items, type)));
    } else {
      list.add(fitted(value, items, type));
    }
    return list;
  }

  private static JsonNode number(JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    if (WHOLE.matcher(value.asText()).matches()) {
      return LongNode.valueOf(Long.parseLong(value.asText()));
    }
    return NUMBER.matcher(value.asText()).matches()
        ? DecimalNode.valueOf(new BigDecimal(value.asText()))
        : value;
  }
}
