package io.signalbox.protocol.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpStanding.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server says and a model reads is pinned: instructions, tools and prompts. A server that
 * says something else later is not believed until somebody accepts it.
 */
public final class McpPins {
  private static final ObjectWriter CANONICAL =
      Json.MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private McpPins() {}

  /** Everything of an offer that is pinned, by {@code tools/NAME}, {@code prompts/NAME}, ... */
  public static Map<String, JsonNode> items(JsonNode offer) {
    Map<String, JsonNode> items = new TreeMap<>();
    for (String kind : List.of("tools", "prompts")) {
      for (JsonNode item : offer.path(kind)) {
        items.put(kind + "/" + item.path("name").asText(), pinned(item));
      }
    }
    if (offer.path("instructions").isTextual()) {
      items.put("instructions", offer.path("instructions"));
    }
    return items;
  }

  /** The item without what says nothing to a model. */
  public static JsonNode pinned(JsonNode item) {
    if (item instanceof ObjectNode object && object.has("_meta")) {
      ObjectNode rest = object.deepCopy();
      rest.remove("_meta");
      return rest;
    }
    return item;
  }

  /** The same for the same item, whatever the order of its keys. */
  public static String digest(JsonNode item) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String text = CANONICAL.writeValueAsString(pinned(item));
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("every JVM has SHA-256, every tree is JSON", e);
    }
  }

  /** What differs between what was accepted and what is offered. */
  public static List<Change> changes(JsonNode accepted, JsonNode offer) {
    Map<String, JsonNode> offered = items(offer);
    TreeSet<String> names = new TreeSet<>(offered.keySet());
    accepted.fieldNames().forEachRemaining(names::add);
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Optional<JsonNode> before = Optional.ofNullable(accepted.get(name));
      Optional<JsonNode> now = Optional.ofNullable(offered.get(name));
      if (before.isEmpty() || now.isEmpty() || !digest(before.get()).equals(digest(now.get()))) {
        String kind = before.isEmpty() ? "added" : now.isEmpty() ? "removed" : "changed";
        changes.add(new Change(name, kind, before, now));
      }
    }
    return changes;
  }

  /** What is accepted once the offered items of these names are; without names, all of them. */
  public static ObjectNode accept(JsonNode accepted, JsonNode offer, List<String> names) {
    ObjectNode result = accepted instanceof ObjectNode object ? object.deepCopy() : Json.object();
    for (Change change : changes(result, offer)) {
      if (names.isEmpty() || names.contains(change.item())) {
        change
            .offered()
            .ifPresentOrElse(
                it -> result.set(change.item(), it), () -> result.remove(change.item()));
      }
    }
    return result;
  }
}
