package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.signalbox.protocol.definition.Definition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON Schemas (2020-12) by which a definition checks its data ({@code input.schema}, {@code
 * output.schema}, {@code export.schema} of the workflow and of tasks), compiled once per
 * definition. Checking is pure: nothing is fetched, and the same value always gives the same
 * answer.
 */
public final class DataSchemas {
  /** Where data can be checked. */
  public static final List<String> PLACES = List.of("input", "output", "export");

  private static final String DIALECT_HOST = "https://json-schema.org/";
  private static final int KEPT = 1024;
  private static final int TOLD = 5;
  private static final Map<String, DataSchemas> BY_DIGEST = new ConcurrentHashMap<>();

  private final Map<String, Schema> schemas;

  private DataSchemas(Map<String, Schema> schemas) {
    this.schemas = Map.copyOf(schemas);
  }

  /** The definition's own; a definition without schemas has none and costs nothing. */
  public static DataSchemas of(Definition definition) {
    DataSchemas known = BY_DIGEST.get(definition.digest());
    if (known != null) {
      return known;
    }
    Map<String, Schema> compiled = new HashMap<>();
    add(compiled, "", definition.source());
    definition.steps().values().forEach(step -> add(compiled, step.pointer(), step.source()));
    DataSchemas schemas = new DataSchemas(compiled);
    if (BY_DIGEST.size() >= KEPT) {
      BY_DIGEST.clear(); // those in use are compiled again quickly
    }
    BY_DIGEST.put(definition.digest(), schemas);
    return schemas;
  }

  private static void add(Map<String, Schema> compiled, String pointer, JsonNode owner) {
    for (String place : PLACES) {
      JsonNode document = owner.path(place).path("schema").path("document");
      if (!document.isMissingNode()) {
        compiled.put(pointer + " " + place, compile(document));
      }
    }
  }

  /**
   * What is wrong with the value, told for a person; empty when it fits or nothing is asked of it.
   *
   * @param pointer of the task; empty for the workflow
   * @param place one of {@link #PLACES}
   */
  public Optional<String> fault(String pointer, String place, JsonNode value) {
    if (schemas.isEmpty()) {
      return Optional.empty();
    }
    Schema schema = schemas.get(pointer + " " + place);
    return schema == null
        ? Optional.empty()
        : faults(schema, value)
            .map(
                faults ->
                    "the %s does not fit %s/%s/schema: %s"
                        .formatted(
                            place.equals("export") ? "context" : place, pointer, place, faults));
  }

  /** What keeps this document from being used as a schema. */
  static Optional<String> unusable(JsonNode document) {
    try {
      List<Error> malformed = Meta.SCHEMA.validate(document);
      if (!malformed.isEmpty()) {
        return Optional.of(told(malformed));
      }
      Schema schema = compile(document);
      schema.initializeValidators();
      schema.validate(document); // a schema that refers to itself without end shows on any value
      return Optional.empty();
    } catch (SchemaException | IllegalArgumentException e) {
      return Optional.of(oneLine(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      return Optional.of("refers to itself without end");
    }
  }

  private static Optional<String> faults(Schema schema, JsonNode value) {
    try {
      List<Error> errors = schema.validate(value);
      return errors.isEmpty() ? Optional.empty() : Optional.of(told(errors));
    } catch (SchemaException | IllegalArgumentException e) {
      return Optional.of("cannot be checked: " + oneLine(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      return Optional.of("cannot be checked: the schema refers to itself without end");
    }
  }

  private static String told(List<Error> errors) {
    String first =
        String.join(
            "; ",
            errors.stream()
                .limit(TOLD)
                .map(e -> where(e.getInstanceLocation().toString()) + ": " + e.getMessage())
                .toList());
    return errors.size() > TOLD ? first + "; and " + (errors.size() - TOLD) + " more" : first;
  }

  private static String where(String pointer) {
    return pointer.isEmpty() ? "/" : pointer;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** Each document has a registry of its own: an {@code $id} means nothing to another document. */
  static Schema compile(JsonNode document) {
    return registry().getSchema(document);
  }

  /** Nothing is fetched but the dialect itself, which the library brings. */
  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder.schemaLoader(
                loader -> loader.allow(iri -> iri.toString().startsWith(DIALECT_HOST))));
  }

  /** The dialect's own schema; loaded when the first definition with a schema comes in. */
  private static final class Meta {
    static final Schema SCHEMA =
        registry().getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
  }
}
