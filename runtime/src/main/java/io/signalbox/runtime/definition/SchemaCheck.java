package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.serverlessworkflow.api.types.Workflow;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks against the DSL's own JSON Schema, as the workflow library brings it. Each task is checked
 * by the schema of its kind and without the tasks in it: the schema's nested {@code oneOf} would
 * answer one mistake with dozens of faults, and take time exponential in the depth.
 */
final class SchemaCheck {
  private static final String ID = "https://serverlessworkflow.io/schemas/1.0.1/workflow.yaml";

  private static final Map<String, String> CALLS =
      Map.of("http", "CallHTTP", "openapi", "CallOpenAPI");

  private final Schema whole;
  private final Map<String, Schema> kinds;

  private SchemaCheck(Schema whole, Map<String, Schema> kinds) {
    this.whole = whole;
    this.kinds = Map.copyOf(kinds);
  }

  static SchemaCheck load() {
    try (InputStream in = Workflow.class.getResourceAsStream("/schema/workflow.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the workflow library brings no schema/workflow.yaml");
      }
      String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, text)));
      Schema whole = registry.getSchema(SchemaLocation.of(ID), text, InputFormat.YAML);
      Map<String, Schema> kinds = new HashMap<>();
      for (String kind :
          List.of(
              "do", "for", "fork", "try", "set", "switch", "raise", "wait", "emit", "listen",
              "run")) {
        kinds.put(kind, registry.getSchema(SchemaLocation.of(ID + "#/$defs/" + kind + "Task")));
      }
      JsonNode calls = whole.getSchemaNode().at("/$defs/callTask/oneOf");
      for (int i = 0; i < calls.size(); i++) {
        kinds.put(
            calls.path(i).path("title").asText(),
            registry.getSchema(SchemaLocation.of(ID + "#/$defs/callTask/oneOf/" + i)));
      }
      return new SchemaCheck(whole, kinds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything but the tasks. */
  void head(Place root, Findings findings) {
    ObjectNode head = root.node().deepCopy();
    head.set("do", JsonNodeFactory.instance.arrayNode());
    if (head.path("use") instanceof ObjectNode use) {
      use.remove(List.of("functions", "extensions")); // their tasks are checked one by one
    }
    EventTimes.literal(head.path("schedule"));
    report(whole, head, "", List.of("/do"), findings);
  }

  /** One task without those in it. */
  void task(Place task, String kind, Findings findings) {
    String name =
        kind.equals("call") ? CALLS.getOrDefault(task.at("call").text(), "CallFunction") : kind;
    Optional<Schema> schema = Optional.ofNullable(kinds.get(name));
    schema.ifPresent(
        it ->
            report(
                it,
                alone(task.node()),
                task.pointer(),
                List.of("/do", "/try", "/fork/branches", "/catch/do", "/foreach/do"),
                findings));
  }

  private static JsonNode alone(JsonNode task) {
    ObjectNode alone = Json.object();
    task.properties().forEach(it -> alone.set(it.getKey(), it.getValue()));
    for (String list : List.of("do", "try")) {
      if (alone.has(list)) {
        alone.set(list, JsonNodeFactory.instance.arrayNode());
      }
    }
    empty(alone, "fork", "branches");
    empty(alone, "catch", "do");
    empty(alone, "foreach", "do");
    for (String kind : List.of("emit", "listen")) {
      if (alone.has(kind)) {
        alone.set(kind, EventTimes.literal(alone.get(kind).deepCopy()));
      }
    }
    return alone;
  }

  private static void empty(ObjectNode task, String parent, String list) {
    if (task.path(parent) instanceof ObjectNode object && object.has(list)) {
      ObjectNode copy = object.deepCopy();
      copy.set(list, JsonNodeFactory.instance.arrayNode());
      task.set(parent, copy);
    }
  }

  private static void report(
      Schema schema, JsonNode node, String base, List<String> nested, Findings findings) {
    List<Error> errors = new ArrayList<>(schema.validate(node));
    errors.sort(Comparator.comparingInt(SchemaCheck::depth).reversed());
    for (Error error : errors) {
      String pointer = base + error.getInstanceLocation();
      if (!findings.near(pointer, nested.stream().map(base::concat).toList())) {
        findings.fault(pointer, "is not valid by the DSL's schema: " + error.getMessage());
      }
    }
  }

  private static int depth(Error error) {
    return error.getInstanceLocation().getNameCount();
  }
}
