package io.signalbox.protocol.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How claims look where they are stored or sent: {@code {"~claim": DIGEST, "bytes": N}}. A key of
 * somebody's own that looks like the mark gets one more {@code ~} there and loses it on the way
 * back, so that a claim can be told from its likeness.
 */
@SuppressWarnings("ReferenceEquality") // what did not change is the very same object
final class ClaimText {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private ClaimText() {}

  /** The tree with its likenesses marked as such; the very same where it has none. */
  static JsonNode escaped(JsonNode node) {
    return node.isContainerNode() ? renamed(node, key -> "~" + key, 1) : node;
  }

  /** The tree with its claims made nodes of their kind, and the likenesses as they were. */
  static JsonNode read(JsonNode node) {
    return node.isContainerNode() ? renamed(node, key -> key.substring(1), 2) : node;
  }

  /**
   * @param tildes from how many on a mark's likeness is renamed
   */
  private static JsonNode renamed(JsonNode node, UnaryOperator<String> rename, int tildes) {
    if (tildes == 2 && isClaim(node)) {
      return new Claim(node.get(Claim.MARK).textValue(), node.get(Claim.BYTES).longValue()).node();
    }
    if (node instanceof ObjectNode object) {
      return renamed(object, rename, tildes);
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode was = array.get(i);
        JsonNode is = was.isContainerNode() ? renamed(was, rename, tildes) : was;
        if (is != was) {
          ArrayNode changed = JsonNodeFactory.instance.arrayNode(array.size());
          array.forEach(item -> changed.add(renamed(item, rename, tildes)));
          return changed;
        }
      }
    }
    return node;
  }

  private static JsonNode renamed(ObjectNode object, UnaryOperator<String> rename, int tildes) {
    boolean changes = false;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (isLikeness(field.getKey(), tildes)
          || (value.isContainerNode() && renamed(value, rename, tildes) != value)) {
        changes = true;
        break;
      }
    }
    if (!changes) {
      return object;
    }
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(
            field ->
                changed.set(
                    isLikeness(field.getKey(), tildes)
                        ? rename.apply(field.getKey())
                        : field.getKey(),
                    renamed(field.getValue(), rename, tildes)));
    return changed;
  }

  private static boolean isLikeness(String key, int tildes) {
    if (key.isEmpty() || key.charAt(0) != '~') {
      return false;
    }
    int at = 0;
    while (at < key.length() && key.charAt(at) == '~') {
      at++;
    }
    return at >= tildes && key.substring(at).equals(Claim.MARK.substring(1));
  }

  private static boolean isClaim(JsonNode node) {
    return node.size() == 2
        && node.path(Claim.MARK).isTextual()
        && node.path(Claim.BYTES).isIntegralNumber()
        && DIGEST.matcher(node.get(Claim.MARK).textValue()).matches();
  }
}
