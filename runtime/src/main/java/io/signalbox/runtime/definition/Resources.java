package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Schemas that definitions may refer to by their URI ({@code schema.resource}), from locations that
 * an operator has configured. They are written into a definition when it is deployed: from then on
 * its digest covers them, and nothing is fetched while it runs.
 *
 * @param byUri what stands at each URI
 */
public record Resources(Map<String, JsonNode> byUri) {
  public static final Resources NONE = new Resources(Map.of());

  private static final Set<String> OWNERS = Set.of("input", "output", "export");

  /** Data of the author's own, in which nothing is a schema of the DSL. */
  private static final Set<String> OPAQUE = Set.of("set", "with", "metadata", "document");

  public Resources {
    byUri = Map.copyOf(byUri);
  }

  /** The definition with the schemas that are known here in place of references to them. */
  JsonNode into(JsonNode definition) {
    return byUri.isEmpty() ? definition : copied(definition, "");
  }

  private JsonNode copied(JsonNode node, String name) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          copy.set(
              entry.getKey(),
              OPAQUE.contains(entry.getKey())
                  ? entry.getValue()
                  : entry.getKey().equals("schema") && OWNERS.contains(name)
                      ? resolved(entry.getValue())
                      : copied(entry.getValue(), entry.getKey()));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(element -> copy.add(copied(element, "")));
        yield copy;
      }
      case JsonNode scalar -> scalar;
    };
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode endpoint = schema.path("resource").path("endpoint");
    JsonNode known = byUri.get((endpoint.isObject() ? endpoint.path("uri") : endpoint).asText());
    if (known == null || schema.has("document") || !(schema instanceof ObjectNode object)) {
      return schema;
    }
    ObjectNode copy = object.deepCopy();
    copy.remove("resource");
    return copy.set("document", known);
  }
}
