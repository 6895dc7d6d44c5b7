package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks values against the schemas of a document. Those of 2.0 and 3.0 are read as JSON Schema of
 * draft 4, which they come from, with {@code nullable} written out; those of 3.1 are JSON Schema
 * 2020-12.
 */
final class Checks {
  private static final String ID = "https://signalbox.invalid/openapi";

  private final SchemaRegistry registry;

  private Checks(SchemaRegistry registry) {
    this.registry = registry;
  }

  static Checks of(JsonNode root, boolean newest) {
    var text = (newest ? root : nullable(root)).toString();
    return new Checks(
        SchemaRegistry.withDefaultDialect(
            newest ? SpecificationVersion.DRAFT_2020_12 : SpecificationVersion.DRAFT_4,
            builder -> builder.schemas(Map.of(ID, text))));
  }

  /** What is wrong with the value, by a schema that refers to nothing else. */
  List<String> faults(JsonNode schema, JsonNode value) {
    return told(() -> registry.getSchema(schema), value);
  }

  /** What is wrong with the value, by the schema at this pointer of the document. */
  List<String> faults(String pointer, JsonNode value) {
    return told(() -> registry.getSchema(SchemaLocation.of(ID + "#" + pointer)), value);
  }

  private static List<String> told(Supplier<Schema> found, JsonNode value) {
    try {
      return found.get().validate(value).stream()
          .map(
              e ->
                  (e.getInstanceLocation().toString().isEmpty()
                          ? ""
                          : e.getInstanceLocation() + ": ")
                      + e.getMessage())
          .sorted()
          .limit(10)
          .toList();
    } catch (SchemaException e) {
      return List.of("the document's schema is not usable: " + e.getMessage());
    }
  }

  /** {@code nullable: true} of 3.0 as draft 4 says it. */
  private static JsonNode nullable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(it -> copy.set(it.getKey(), nullable(it.getValue())));
      if (object.path("nullable").asBoolean(false) && object.path("type").isTextual()) {
        copy.putArray("type").add(object.path("type").asText()).add("null");
        if (copy.path("enum") instanceof ArrayNode allowed) {
          allowed.addNull();
        }
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(it -> copy.add(nullable(it)));
      return copy;
    }
    return node;
  }
}
