package io.signalbox.protocol.blob;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** About how many bytes of JSON a tree makes; stops counting once it is beyond the limit. */
final class Sizes {
  private Sizes() {}

  static long of(JsonNode node, long limit) {
    long size = own(node);
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        size += text(field.getKey()) + 4 + of(field.getValue(), limit - size);
        if (size > limit) {
          return size;
        }
      }
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        size += 1 + of(item, limit - size);
        if (size > limit) {
          return size;
        }
      }
    }
    return size;
  }

  private static long own(JsonNode node) {
    if (node.isTextual()) {
      return 2 + text(node.textValue());
    }
    if (node.isBinary() || node.isBigInteger() || node.isBigDecimal()) {
      return node.asText().length();
    }
    return node.isContainerNode() ? 2 : node.isPojo() ? 96 : 8;
  }

  /** Bytes in UTF-8, or a little less: characters beyond ASCII count as three at most. */
  private static long text(String text) {
    int length = text.length();
    long bytes = length;
    if (length > 1000) {
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
      }
    }
    return bytes;
  }
}
