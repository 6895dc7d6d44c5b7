package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes a definition that fails as small as it gets while it still fails. */
final class Shrinking {
  private static final int TRIES = 600;

  private Shrinking() {}

  static ObjectNode smallest(ObjectNode failing, Predicate<ObjectNode> fails) {
    ObjectNode best = failing;
    int tries = 0;
    Optional<ObjectNode> smaller = Optional.of(failing);
    while (smaller.isPresent() && tries < TRIES) {
      smaller = Optional.empty();
      for (ObjectNode candidate : without(best)) {
        if (tries++ < TRIES && fails.test(candidate)) {
          best = candidate;
          smaller = Optional.of(candidate);
          break;
        }
      }
    }
    return best;
  }

  /** Every definition that lacks one thing this one has. */
  private static List<ObjectNode> without(ObjectNode whole) {
    List<ObjectNode> found = new ArrayList<>();
    int parts = parts(whole, -1);
    for (int i = 0; i < parts; i++) {
      ObjectNode copy = whole.deepCopy();
      parts(copy, i);
      found.add(copy);
    }
    return found;
  }

  /** How many removable parts there are, outermost first; the one of this number is removed. */
  private static int parts(JsonNode node, int remove) {
    int count = 0;
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.size() > 1 && count++ == remove) {
          array.remove(i);
          return count;
        }
      }
    } else if (node instanceof ObjectNode object) {
      for (String name : List.of("if", "input", "output", "export", "timeout", "then", "retry")) {
        if (object.has(name) && count++ == remove) {
          object.remove(name);
          return count;
        }
      }
    }
    for (JsonNode child : node) {
      int below = parts(child, remove < 0 ? -1 : remove - count);
      if (remove >= 0 && remove - count < below) {
        return count + below;
      }
      count += below;
    }
    return count;
  }
}
