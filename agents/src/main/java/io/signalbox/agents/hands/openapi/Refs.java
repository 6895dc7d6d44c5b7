package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Follows references within a document; others would let a document reach elsewhere. */
record Refs(JsonNode root) {
  private static final int DEEPEST = 32;

  /** A node and where it stands: an RFC 6901 pointer into the document. */
  record At(String pointer, JsonNode node) {
    At at(String name) {
      return new At(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), node.path(name));
    }

    At at(int index) {
      return new At(pointer + "/" + index, node.path(index));
    }

    String text(String name) {
      return node.path(name).asText("");
    }
  }

  /** What the node is or refers to. */
  At resolve(At from) throws Setback {
    var at = from;
    for (int i = 0; i < DEEPEST; i++) {
      if (!at.node().path("$ref").isTextual()) {
        return at;
      }
      at = target(at.text("$ref"));
    }
    throw Document.broken("references lead in a circle at " + from.pointer());
  }

  private At target(String ref) throws Setback {
    if (!ref.startsWith("#/")) {
      throw Document.broken(
          "the reference '" + ref + "' leads out of the document; put what it means into it");
    }
    var pointer = URLDecoder.decode(ref.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    var node = root.at(pointer);
    if (node.isMissingNode()) {
      throw Document.broken("the reference '" + ref + "' leads nowhere");
    }
    return new At(pointer, node);
  }
}
