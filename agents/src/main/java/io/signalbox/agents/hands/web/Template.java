package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.hands.kit.Setback;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Fills {@code {name}} places from a call's arguments. A value stays a value: in an address it is
 * percent-encoded, in JSON it keeps its type where the place stands alone.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  private final JsonNode arguments;
  private final Set<String> used = new HashSet<>();

  Template(JsonNode arguments) {
    this.arguments = arguments;
  }

  /** Names of the arguments that some template used. */
  boolean isUsed(String name) {
    return used.contains(name);
  }

  String address(String template) throws Setback {
    for (var place : PLACE.matcher(template).results().toList()) {
      var value = value(place);
      if (!value.isValueNode() || value.isNull() || value.isMissingNode()) {
        throw Setback.invalid("/" + place.group(1) + ": needed in the address");
      }
    }
    var filled = new StringBuilder();
    int end = 0;
    for (var place : PLACE.matcher(template).results().toList()) {
      filled.append(template, end, place.start()).append(Segments.encode(value(place).asText()));
      end = place.end();
    }
    return filled.append(template.substring(end)).toString();
  }

  /** A JSON template; members whose lone argument is absent are left out. */
  JsonNode fill(JsonNode template) {
    if (template.isTextual()) {
      return text(template.asText());
    }
    if (template.isObject()) {
      var filled = JsonNodeFactory.instance.objectNode();
      template
          .properties()
          .forEach(
              member -> {
                var value = fill(member.getValue());
                if (!value.isMissingNode()) {
                  filled.set(member.getKey(), value);
                }
              });
      return filled;
    }
    if (template.isArray()) {
      var filled = JsonNodeFactory.instance.arrayNode();
      template.forEach(
          member -> {
            var value = fill(member);
            if (!value.isMissingNode()) {
              filled.add(value);
            }
          });
      return filled;
    }
    return template;
  }

  private JsonNode text(String template) {
    var lone = PLACE.matcher(template);
    if (lone.matches()) {
      return value(lone.toMatchResult());
    }
    return TextNode.valueOf(
        PLACE.matcher(template).replaceAll(place -> quoted(value(place).asText())));
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private JsonNode value(MatchResult place) {
    used.add(place.group(1));
    return arguments.has(place.group(1))
        ? arguments.get(place.group(1))
        : MissingNode.getInstance();
  }
}
