package io.signalbox.agents.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.signalbox.protocol.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an agent's final words are what its output schema promises. Fetches nothing. */
final class OutputCheck {
  private static final int MOST_FAULTS = 20;
  private static final Pattern FENCED =
      Pattern.compile("\\s*```(?:json)?\\s*\\n(.*)\\n\\s*```\\s*", Pattern.DOTALL);
  private static final ObjectReader STRICT =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false)));

  private OutputCheck() {}

  /** What the check found. */
  sealed interface Verdict {
    /** Fits; the parsed value is there when a schema was set. */
    record Fits(Optional<JsonNode> data) implements Verdict {}

    record Faulty(List<String> faults) implements Verdict {}
  }

  static Verdict check(Optional<JsonNode> schema, String text) {
    if (schema.isEmpty()) {
      return new Verdict.Fits(Optional.empty());
    }
    JsonNode value;
    try {
      Matcher fenced = FENCED.matcher(text);
      value = STRICT.readTree(fenced.matches() ? fenced.group(1) : text);
    } catch (JsonProcessingException e) {
      return new Verdict.Faulty(List.of("not one JSON value: " + e.getOriginalMessage()));
    }
    if (value.isMissingNode()) {
      return new Verdict.Faulty(List.of("not one JSON value: empty"));
    }
    List<String> faults = faults(schema.get(), value);
    return faults.isEmpty() ? new Verdict.Fits(Optional.of(value)) : new Verdict.Faulty(faults);
  }

  private static List<String> faults(JsonNode schema, JsonNode value) {
    try {
      Schema compiled = SCHEMAS.getSchema(schema);
      return compiled.validate(value).stream()
          .limit(MOST_FAULTS)
          .map(error -> at(error.getInstanceLocation().toString()) + error.getMessage())
          .toList();
    } catch (RuntimeException e) {
      // the library throws many kinds when a schema is broken or points outside
      return List.of("the agent's output schema cannot be used: " + e.getMessage());
    }
  }

  private static String at(String pointer) {
    return (pointer.isEmpty() ? "/" : pointer) + ": ";
  }
}
