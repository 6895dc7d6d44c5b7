package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One value of a call's arguments, where it stands, and the top-level argument it belongs to. */
record Leaf(String pointer, String argument, String name, JsonNode value) {
  private static final int MOST = 500;

  static List<Leaf> of(JsonNode arguments) {
    List<Leaf> all = new ArrayList<>();
    walk("", "", "", arguments, all);
    return all;
  }

  private static void walk(
      String pointer, String argument, String name, JsonNode node, List<Leaf> into) {
    if (into.size() >= MOST) {
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String key = field.getKey();
        String at = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
        walk(at, argument.isEmpty() ? key : argument, key, field.getValue(), into);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(pointer + "/" + i, argument, name, node.get(i), into);
      }
    } else if (node.isTextual()
        && node.textValue().matches("[^\\s,;]+@[^\\s,;]+(\\s*[,;]\\s*[^\\s,;]+@[^\\s,;]+)+")) {
      for (String one : node.textValue().split("[,;]", -1)) {
        into.add(new Leaf(pointer, argument, name, TextNode.valueOf(one.strip())));
      }
    } else if (!node.isNull() && !node.isMissingNode()) {
      into.add(new Leaf(pointer, argument, name, node));
    }
  }

  String text() {
    String text = value.asText();
    return value.isNumber() && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  String line() {
    return Words.line(text());
  }

  boolean empty() {
    return text().isBlank();
  }
}
