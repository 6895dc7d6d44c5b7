package io.signalbox.agents.hands.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.signalbox.protocol.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks JSON against JSON Schema 2020-12, telling every fault at once. */
public final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final int KEPT = 1000;
  private static final Map<JsonNode, Schema> COMPILED = new ConcurrentHashMap<>();

  private Schemas() {}

  /** What is wrong with the value; empty if it fits. A broken schema is itself a fault. */
  public static List<Fault> faults(JsonNode schema, JsonNode value) {
    try {
      return compiled(schema).validate(value).stream()
          .map(e -> new Fault(e.getInstanceLocation().toString(), e.getMessage()))
          .toList();
    } catch (SchemaException e) {
      return List.of(new Fault("", "the declared schema is not usable: " + e.getMessage()));
    }
  }

  /** A tool's schema is the same at every call of it. */
  private static Schema compiled(JsonNode schema) {
    Schema known = COMPILED.get(schema);
    if (known != null) {
      return known;
    }
    if (COMPILED.size() >= KEPT) {
      COMPILED.clear();
    }
    Schema fresh = REGISTRY.getSchema(schema);
    COMPILED.put(schema.deepCopy(), fresh);
    return fresh;
  }

  /** The faults as one line for a person: where, then what. */
  public static String tell(List<Fault> faults) {
    return String.join(
        "; ",
        faults.stream()
            .map(f -> (f.pointer().isEmpty() ? "/" : f.pointer()) + ": " + f.message())
            .toList());
  }
}
