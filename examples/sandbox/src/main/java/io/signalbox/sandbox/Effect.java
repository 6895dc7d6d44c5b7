package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that a request changed; {@code kind} is such as {@code github.comment}. */
public record Effect(String kind, JsonNode data) {
  /** Whether a field of the data has this text. */
  public boolean has(String field, String value) {
    return data.path(field).asText().equals(value);
  }
}
