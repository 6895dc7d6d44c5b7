package io.signalbox.agents.hands.secrets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;

/**
 * Finds values of secrets, plain or encoded as services echo them, and puts something else there.
 */
final class Hiding {
  private static final int SHORTEST = 4;

  /** The longest first: one value may be a part of another. */
  private final Map<String, String> shown =
      new TreeMap<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  void add(String value, String instead) {
    if (value.length() < SHORTEST) {
      return; // could be anything; the vault does not hand out values as short as this
    }
    var percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    shown.putIfAbsent(value, instead);
    shown.putIfAbsent(percent, instead);
    shown.putIfAbsent(percent.replace("+", "%20"), instead);
    var quoted = quoted(value);
    shown.putIfAbsent(quoted, instead);
    shown.putIfAbsent(quoted(quoted), instead); // JSON within JSON, as echoing services have it
    shown.putIfAbsent(value.replace("/", "\\/"), instead);
    shown.putIfAbsent(Base64.getEncoder().encodeToString(bytes), instead);
    shown.putIfAbsent(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), instead);
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  boolean isEmpty() {
    return shown.isEmpty();
  }

  String in(String text) {
    var result = text;
    for (var one : shown.entrySet()) {
      result = result.replace(one.getKey(), one.getValue());
    }
    return result;
  }

  /** Byte by byte, whatever the bytes mean otherwise. */
  ByteString in(ByteString bytes) {
    if (shown.isEmpty()) {
      return bytes;
    }
    var text = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    var result = text;
    for (var one : latin().entrySet()) {
      result = result.replace(one.getKey(), one.getValue());
    }
    return result.equals(text)
        ? bytes
        : ByteString.fromArrayUnsafe(result.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Map<String, String> latin() {
    var latin = new LinkedHashMap<String, String>();
    shown.forEach(
        (value, instead) ->
            latin.put(
                new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                instead));
    return latin;
  }

  JsonNode in(JsonNode node) {
    if (shown.isEmpty()) {
      return node;
    }
    return switch (node) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(it -> copy.set(in(it.getKey()), in(it.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(it -> copy.add(in(it)));
        yield copy;
      }
      case TextNode text -> TextNode.valueOf(in(text.textValue()));
      case JsonNode plain when shown.containsKey(plain.asText()) ->
          TextNode.valueOf(in(plain.asText()));
      default -> node;
    };
  }
}
