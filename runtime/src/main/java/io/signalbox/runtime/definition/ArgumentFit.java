package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether arguments fit a JSON Schema (2020-12), each schema compiled once. Checking is pure:
 * nothing is fetched, and the same value always gives the same answer. What cannot be checked does
 * not fit.
 */
public final class ArgumentFit {
  private static final int KEPT = 1024;
  private static final int TOLD = 20;
  private static final Map<JsonNode, Schema> COMPILED = new ConcurrentHashMap<>();

  private ArgumentFit() {}

  /**
   * Everything that is wrong with the value.
   *
   * @param at the value's own JSON pointer, before each fault's
   */
  public static List<Fault> faults(JsonNode schema, JsonNode value, String at) {
    try {
      return compiled(schema).validate(value).stream()
          .limit(TOLD)
          .map(error -> new Fault(at + error.getInstanceLocation(), error.getMessage()))
          .toList();
    } catch (SchemaException | IllegalArgumentException e) {
      return List.of(new Fault(at, "cannot be checked: " + e.getMessage()));
    } catch (StackOverflowError _) {
      return List.of(new Fault(at, "cannot be checked: the schema refers to itself without end"));
    }
  }

  /** Whether these are exactly the arguments named, each as its schema says. */
  public static boolean exactly(Map<String, JsonNode> schemas, JsonNode arguments) {
    return faults(closed(schemas), arguments, "").isEmpty();
  }

  /** What keeps these from being used as schemas of arguments. */
  public static Optional<String> unusable(Map<String, JsonNode> schemas) {
    return DataSchemas.unusable(closed(schemas));
  }

  private static JsonNode closed(Map<String, JsonNode> schemas) {
    var closed = Json.object().put("type", "object").put("additionalProperties", false);
    var properties = closed.putObject("properties");
    var required = closed.putArray("required");
    schemas.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              properties.set(name, schemas.get(name));
              required.add(name);
            });
    return closed;
  }

  private static Schema compiled(JsonNode schema) {
    if (COMPILED.size() >= KEPT) {
      COMPILED.clear(); // those in use are compiled again quickly
    }
    return COMPILED.computeIfAbsent(schema, DataSchemas::compile);
  }
}
