package io.signalbox.protocol.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Puts claims in place of large values, and values in place of claims. A value over the limit is
 * first relieved of large values inside it, so that a big list next to a counter is kept once
 * however often the counter moves; it is claimed as a whole where that does not help. What is kept
 * holds no claims itself.
 */
@SuppressWarnings("ReferenceEquality") // what did not change is the very same object
public final class Checking {
  /** A field smaller than this is not worth a claim of its own. */
  private static final int WORTH = 1024;

  private final int limit;
  private final Map<JsonNode, Claim> known;
  private final Map<Claim, Blob> blobs = new LinkedHashMap<>();

  /** What is sent or stored in place of the original, and what must be kept before. */
  public record Checked<T>(T value, Set<Blob> blobs) {}

  private Checking(int limit, Map<JsonNode, Claim> known) {
    this.limit = limit;
    this.known = known;
  }

  /**
   * Claims for all that is large.
   *
   * @param limit bytes of JSON that a value may have
   * @param known values kept already, by identity
   */
  public static <T> Checked<T> in(T value, int limit, Map<JsonNode, Claim> known) {
    Checking checking = new Checking(limit, known);
    T light = Values.map(value, checking::relieved);
    return new Checked<>(light, new LinkedHashSet<>(checking.blobs.values()));
  }

  /** Values for all claims; those that {@code values} lacks stay. */
  public static <T> T out(T value, Map<Claim, JsonNode> values) {
    return values.isEmpty()
        ? value
        : Values.map(
            value, node -> replaced(node, claim -> values.getOrDefault(claim, claim.node())));
  }

  /** All claims inside. */
  public static Set<Claim> claims(Object value) {
    Set<Claim> found = new LinkedHashSet<>();
    Values.each(value, node -> collect(node, found));
    return found;
  }

  private static void collect(JsonNode node, Set<Claim> found) {
    if (node.isContainerNode()) {
      node.forEach(child -> collect(child, found));
    } else if (node.isPojo()) {
      Claim.of(node).ifPresent(found::add);
    }
  }

  private JsonNode relieved(JsonNode node) {
    Claim kept = known.isEmpty() ? null : known.get(node);
    if (kept != null) {
      return kept.node();
    }
    if (node.isPojo() || Sizes.of(node, limit) <= limit) {
      return node;
    }
    Map<Claim, Blob> before = new LinkedHashMap<>(blobs);
    JsonNode lighter = node.isContainerNode() ? children(node, this::relieved) : node;
    if (lighter instanceof ObjectNode object && Sizes.of(object, limit) > limit) {
      lighter = spread(object);
    }
    if (Sizes.of(lighter, limit) <= limit || holdsClaims(node)) {
      return lighter;
    }
    blobs.clear();
    blobs.putAll(before);
    return claimed(node);
  }

  /** Claims the largest fields until the rest is small, so that the small ones stay readable. */
  private ObjectNode spread(ObjectNode object) {
    ObjectNode lighter = JsonNodeFactory.instance.objectNode().setAll(object);
    List<Map.Entry<String, JsonNode>> largest =
        object.properties().stream()
            .filter(field -> Sizes.of(field.getValue(), limit) > WORTH)
            .filter(field -> !holdsClaims(field.getValue()))
            .sorted(Comparator.comparingLong(field -> -Sizes.of(field.getValue(), limit)))
            .toList();
    for (Map.Entry<String, JsonNode> field : largest) {
      if (Sizes.of(lighter, limit) <= limit) {
        break;
      }
      lighter.set(field.getKey(), claimed(field.getValue()));
    }
    return lighter;
  }

  private JsonNode claimed(JsonNode node) {
    Blob blob = Blob.of(node);
    blobs.putIfAbsent(blob.claim(), blob);
    return blob.claim().node();
  }

  private static boolean holdsClaims(JsonNode node) {
    return !claims(node).isEmpty();
  }

  private static JsonNode replaced(JsonNode node, Function<Claim, JsonNode> value) {
    if (node.isContainerNode()) {
      return children(node, child -> replaced(child, value));
    }
    return node.isPojo() ? Claim.of(node).map(value).orElse(node) : node;
  }

  @SuppressWarnings("ReferenceEquality") // an unchanged tree is the same tree, and is not copied
  private static JsonNode children(JsonNode node, UnaryOperator<JsonNode> change) {
    boolean changed = false;
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        JsonNode is = change.apply(field.getValue());
        changed |= is != field.getValue();
        copy.set(field.getKey(), is);
      }
      return changed ? copy : node;
    }
    ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
    for (JsonNode was : node) {
      JsonNode is = change.apply(was);
      changed |= is != was;
      copy.add(is);
    }
    return changed ? copy : node;
  }
}
