package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Reads {@code input}, {@code output} and {@code export}: a filter, and a schema to check by. */
final class DataReader {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final Compilation in;

  DataReader(Compilation in) {
    this.in = in;
  }

  /** Gives the filter; the schema is found again where it stands, see {@link DataSchemas}. */
  Optional<JsonNode> read(Place owner, String property, String filter, Names names) {
    Place place = owner.at(property);
    if (!place.present() || !in.findings.object(place, "'" + property + "'")) {
      return Optional.empty();
    }
    in.findings.only(place, "'" + property + "'", Set.of(filter, "schema"));
    if (place.at("schema").present()) {
      schema(place.at("schema"));
    }
    return in.findings.filter(place.at(filter), names);
  }

  private void schema(Place schema) {
    if (!in.findings.object(schema, "'schema'")) {
      return;
    }
    in.findings.only(schema, "'schema'", Set.of("format", "document", "resource"));
    Place format = schema.at("format");
    if (format.present() && !Set.of("json", "json:2020-12").contains(format.text())) {
      in.findings.fault(format, "must be json (JSON Schema 2020-12); no other format is known");
    }
    Place document = schema.at("document");
    if (schema.at("resource").present()) {
      in.findings.fault(
          schema.at("resource"),
          document.present()
              ? "a schema has 'document' or 'resource', not both"
              : "this resource is at none of the configured locations"
                  + " (signalbox.runtime.definitions.schemas); write the schema out under 'document'"
                  + " or ask the operator to add its location");
    } else if (!document.present()) {
      in.findings.fault(schema, "a schema needs 'document'");
    } else {
      document(document);
    }
  }

  private void document(Place document) {
    if (!document.node().isObject() && !document.node().isBoolean()) {
      in.findings.fault(document, "must be a JSON Schema: an object, or true or false");
      return;
    }
    String dialect = document.node().path("$schema").asText(DIALECT);
    if (!dialect.replaceFirst("#$", "").equals(DIALECT)) {
      in.findings.fault(document.at("$schema"), "must be " + DIALECT + "; others are not read");
      return;
    }
    DataSchemas.unusable(document.node())
        .ifPresent(why -> in.findings.fault(document, "is not a usable JSON Schema: " + why));
  }
}
