package io.signalbox.agents.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{message}}}, {@code {{data}}} and {@code {{data.some.path.0}}} in a script. A text
 * that is nothing but one placeholder becomes the value itself, whatever its type.
 */
record Placeholders(JsonNode values) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([\\w.\\-]+)\\s*}}");

  static Placeholders of(String message, JsonNode data) {
    ObjectNode values = Json.object().put("message", message);
    values.set("data", data);
    return new Placeholders(values);
  }

  /** Thrown for a placeholder without a value. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    Missing(String path) {
      super(path);
      this.path = path;
    }

    String what() {
      return "the script's placeholder {{" + path + "}} has no value in the message's data";
    }
  }

  JsonNode fill(JsonNode template) {
    return switch (template) {
      case TextNode text -> fill(text.textValue());
      case ArrayNode array -> {
        ArrayNode filled = Json.MAPPER.createArrayNode();
        array.forEach(item -> filled.add(fill(item)));
        yield filled;
      }
      case ObjectNode object -> {
        ObjectNode filled = Json.object();
        object.properties().forEach(e -> filled.set(e.getKey(), fill(e.getValue())));
        yield filled;
      }
      default -> template;
    };
  }

  private JsonNode fill(String text) {
    Matcher places = PLACE.matcher(text);
    if (places.matches()) {
      return value(places.group(1));
    }
    return TextNode.valueOf(
        places.replaceAll(place -> Matcher.quoteReplacement(text(value(place.group(1))))));
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private JsonNode value(String path) {
    JsonNode value = values;
    for (String part : path.split("\\.", -1)) {
      value =
          value.isArray() && part.matches("\\d{1,9}")
              ? value.path(Integer.parseInt(part))
              : value.path(part);
    }
    if (value.isMissingNode()) {
      throw new Missing(path);
    }
    return value;
  }
}
