package io.signalbox.agents.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tool definitions in the words of langchain4j; each parameter's schema travels unchanged. */
final class ToolSpecifications {
  private ToolSpecifications() {}

  static List<ToolSpecification> of(List<ToolDefinition> tools, ToolNames names) {
    return tools.stream()
        .map(
            tool ->
                ToolSpecification.builder()
                    .name(names.wire(tool.name()))
                    .description(tool.description())
                    .parameters(parameters(tool.parameters()))
                    .build())
        .toList();
  }

  private static JsonObjectSchema parameters(JsonNode schema) {
    JsonObjectSchema.Builder builder =
        JsonObjectSchema.builder().addProperties(elements(schema.path("properties")));
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    builder.required(required);
    Map<String, JsonSchemaElement> definitions = elements(schema.path("$defs"));
    if (!definitions.isEmpty()) {
      builder.definitions(definitions);
    }
    if (schema.path("additionalProperties").isBoolean()) {
      builder.additionalProperties(schema.path("additionalProperties").booleanValue());
    }
    return builder.build();
  }

  private static Map<String, JsonSchemaElement> elements(JsonNode schemas) {
    Map<String, JsonSchemaElement> elements = new LinkedHashMap<>();
    schemas
        .properties()
        .forEach(e -> elements.put(e.getKey(), JsonRawSchema.from(e.getValue().toString())));
    return elements;
  }
}
