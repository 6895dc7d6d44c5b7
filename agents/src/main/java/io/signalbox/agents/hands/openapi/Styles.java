package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Bodies;
import io.signalbox.agents.hands.web.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How values are written into addresses, headers and cookies (OpenAPI 3.1, section 4.8.12). */
final class Styles {
  private Styles() {}

  static String path(Parameter parameter, JsonNode value) throws Setback {
    if (parameter.json()) {
      return Segments.encode(value.toString());
    }
    return switch (parameter.style()) {
      case "label" -> "." + joined(parameter, value, parameter.explode() ? "." : ",");
      case "matrix" -> matrix(parameter, value);
      default ->
          value.isValueNode() ? Segments.encode(value.asText()) : joined(parameter, value, ",");
    };
  }

  private static String matrix(Parameter parameter, JsonNode value) {
    var name = Bodies.encode(parameter.name());
    if (!parameter.explode() || value.isValueNode()) {
      return ";" + name + "=" + joined(parameter, value, ",");
    }
    return value.isArray()
        ? value
            .valueStream()
            .map(it -> ";" + name + "=" + Bodies.encode(it.asText()))
            .collect(Collectors.joining())
        : ";" + joined(parameter, value, ";");
  }

  /** Pairs of a query, encoded. */
  static List<String> query(Parameter parameter, JsonNode value) {
    var name = Bodies.encode(parameter.name());
    if (parameter.json()) {
      return List.of(name + "=" + Bodies.encode(value.toString()));
    }
    if (value.isValueNode()) {
      return List.of(name + "=" + Bodies.encode(value.asText()));
    }
    if (value.isObject() && parameter.style().equals("deepObject")) {
      return value.properties().stream()
          .map(it -> name + Bodies.encode("[" + it.getKey() + "]") + "=" + encode(it))
          .toList();
    }
    if (parameter.explode()) {
      return value.isArray()
          ? value.valueStream().map(it -> name + "=" + Bodies.encode(it.asText())).toList()
          : value.properties().stream()
              .map(it -> Bodies.encode(it.getKey()) + "=" + encode(it))
              .toList();
    }
    var between =
        switch (parameter.style()) {
          case "spaceDelimited" -> "%20";
          case "pipeDelimited" -> "%7C";
          case "tabDelimited" -> "%09";
          default -> ",";
        };
    return List.of(name + "=" + joined(parameter, value, between));
  }

  /** In headers and cookies nothing is encoded. */
  static String plain(Parameter parameter, JsonNode value) {
    if (parameter.json()) {
      return value.toString();
    }
    if (value.isValueNode()) {
      return value.asText();
    }
    var parts = new ArrayList<String>();
    value.valueStream().filter(_ -> value.isArray()).map(JsonNode::asText).forEach(parts::add);
    value
        .properties()
        .forEach(
            it -> {
              if (parameter.explode()) {
                parts.add(it.getKey() + "=" + it.getValue().asText());
              } else {
                parts.add(it.getKey());
                parts.add(it.getValue().asText());
              }
            });
    return String.join(",", parts);
  }

  private static String encode(Map.Entry<String, JsonNode> member) {
    return Bodies.encode(member.getValue().asText());
  }

  private static String joined(Parameter parameter, JsonNode value, String between) {
    if (value.isValueNode()) {
      return Bodies.encode(value.asText());
    }
    if (value.isArray()) {
      return value
          .valueStream()
          .map(it -> Bodies.encode(it.asText()))
          .collect(Collectors.joining(between));
    }
    return value.properties().stream()
        .map(it -> Bodies.encode(it.getKey()) + (parameter.explode() ? "=" : between) + encode(it))
        .collect(Collectors.joining(between));
  }
}
