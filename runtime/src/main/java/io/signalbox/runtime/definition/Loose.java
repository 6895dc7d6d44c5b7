package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.runtime.expression.Expressions;
import java.util.Map;

/**
 * {@code evaluate.mode: loose}: every text of a template is tried as an expression and is itself
 * where that fails. A loose template is rewritten, once and when it is read, to a strict one that
 * does the same, so that the interpreter knows one mode only.
 */
final class Loose {
  private Loose() {}

  static JsonNode template(JsonNode template, Names names) {
    return switch (template) {
      case ObjectNode object -> {
        ObjectNode rewritten = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          rewritten.set(entry.getKey(), template(entry.getValue(), names));
        }
        yield rewritten;
      }
      case ArrayNode array -> {
        ArrayNode rewritten = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(element -> rewritten.add(template(element, names)));
        yield rewritten;
      }
      case TextNode text when fails(text, names) -> text;
      case TextNode text -> TextNode.valueOf("${ " + trying(text) + " }");
      case JsonNode other -> other;
    };
  }

  /** {@code from} and {@code as}: a text is an expression, without <code>${ }</code> too. */
  static JsonNode filter(JsonNode filter, Names names) {
    return switch (filter) {
      case TextNode text when fails(text, names) -> TextNode.valueOf(text.toString());
      case TextNode text -> TextNode.valueOf(trying(text));
      case JsonNode template -> template(template, names);
    };
  }

  private static boolean fails(TextNode text, Names names) {
    return Expressions.fault(text.textValue(), names.known()).isPresent();
  }

  private static String trying(TextNode text) {
    return "try (" + Expressions.bare(text.textValue()) + "\n) catch " + text;
  }
}
