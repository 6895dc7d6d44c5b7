package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts of a JSON value with their pointers; and the value with others in their place. */
final class JsonTexts {
  private JsonTexts() {}

  /**
   * One text.
   *
   * @param key the name of the member it is the value of, or the nearest above
   * @param number whether it is written as a number, such as a card's
   */
  record Text(String pointer, String key, String text, boolean number) {}

  /** Every text, names of members included, and long numbers; at most so many characters. */
  static List<Text> of(JsonNode value, int most) {
    List<Text> texts = new ArrayList<>();
    collect(value, "", "", texts, new int[] {most});
    return texts;
  }

  private static void collect(
      JsonNode value, String pointer, String key, List<Text> texts, int[] left) {
    if (left[0] <= 0) {
      return;
    }
    if (value.isTextual()) {
      String text = value.textValue();
      String seen = text.length() > left[0] ? text.substring(0, left[0]) : text;
      left[0] -= seen.length();
      texts.add(new Text(pointer, key, seen, false));
    } else if (value.isIntegralNumber() && value.asText().length() >= 9) {
      texts.add(new Text(pointer, key, value.asText(), true));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        collect(value.get(i), pointer + "/" + i, key, texts, left);
      }
    } else {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String at = pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
        collect(member.getValue(), at, member.getKey(), texts, left);
      }
    }
  }

  /** A copy with these texts, by pointer, in place of what was there. */
  static JsonNode with(JsonNode value, Map<String, String> texts) {
    return texts.isEmpty() ? value : copy(value, "", texts);
  }

  private static JsonNode copy(JsonNode value, String pointer, Map<String, String> texts) {
    String other = texts.get(pointer);
    if (other != null) {
      return TextNode.valueOf(other);
    }
    if (value.isArray()) {
      ArrayNode array = Json.MAPPER.createArrayNode();
      for (int i = 0; i < value.size(); i++) {
        array.add(copy(value.get(i), pointer + "/" + i, texts));
      }
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = Json.object();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String at = pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
        object.set(member.getKey(), copy(member.getValue(), at, texts));
      }
      return object;
    }
    return value;
  }
}
