package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A parameter of an operation.
 *
 * @param place {@code path}, {@code query}, {@code header}, {@code cookie} or {@code form}
 * @param schema its schema, references followed
 * @param schemaAt where that stands in the document
 * @param style how a list or an object is written, as OpenAPI 3 names it
 * @param json whether the value is written as JSON ({@code content} instead of a schema)
 */
record Parameter(
    String name,
    String place,
    boolean required,
    JsonNode schema,
    String schemaAt,
    String style,
    boolean explode,
    boolean json,
    Optional<JsonNode> otherwise) {
  /** The first type of its schema that is not null; empty if it tells none. */
  String type() {
    var type = schema.path("type");
    return type.isArray()
        ? type.valueStream()
            .map(JsonNode::asText)
            .filter(it -> !it.equals("null"))
            .findFirst()
            .orElse("")
        : type.asText("");
  }
}
