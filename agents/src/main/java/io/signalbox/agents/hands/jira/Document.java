package io.signalbox.agents.hands.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.regex.Pattern;

/** Text as Jira Cloud takes it: Atlassian Document Format. */
final class Document {
  private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \\t]*(?:\\R[ \\t]*)+");
  private static final Pattern LINE = Pattern.compile("\\R");

  private Document() {}

  /** A document stays as it is; plain text becomes paragraphs, its line breaks are kept. */
  static JsonNode of(JsonNode given) {
    if (given.isObject()) {
      return given;
    }
    var document = Json.object().put("type", "doc").put("version", 1);
    var content = document.putArray("content");
    for (var paragraph : BLANK_LINES.split(given.asText().strip(), -1)) {
      if (!paragraph.isBlank()) {
        fill(node(content, "paragraph").putArray("content"), paragraph);
      }
    }
    return document;
  }

  private static void fill(ArrayNode content, String paragraph) {
    boolean first = true;
    for (var line : LINE.split(paragraph, -1)) {
      if (!first) {
        node(content, "hardBreak");
      }
      first = false;
      if (!line.isEmpty()) {
        node(content, "text").put("text", line);
      }
    }
  }

  private static ObjectNode node(ArrayNode content, String type) {
    return content.addObject().put("type", type);
  }
}
