package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;

/** A node of the definition and its JSON pointer (RFC 6901). */
record Place(String pointer, JsonNode node) {
  Place at(String name) {
    return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), node.path(name));
  }

  Place at(int index) {
    return new Place(pointer + "/" + index, node.path(index));
  }

  boolean present() {
    return !node.isMissingNode();
  }

  String text() {
    return node.asText();
  }
}
