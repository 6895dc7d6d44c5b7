package io.signalbox.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.SecretMarker;
import java.util.Set;

/** Keeps expressions from working on the text of a secret's marker as if it were the secret. */
final class Opaque {
  /** Functions that a text with a marker may go through: they leave it whole, or do not read it. */
  private static final Set<String> PASSING =
      Set.of(
          "tostring",
          "tojson",
          "@text",
          "@json",
          "type",
          "not",
          "empty",
          "error",
          "select",
          "map",
          "values",
          "nulls",
          "strings",
          "scalars",
          "arrays",
          "objects",
          "numbers",
          "booleans",
          "iterables",
          "has",
          "if",
          "first",
          "last",
          "limit",
          "range",
          "recurse",
          "path",
          "getpath",
          "isvalid",
          "add",
          "any",
          "all",
          "until",
          "while",
          "repeat",
          "with_entries",
          "input_line_number",
          "null",
          "true",
          "false",
          "in",
          "inside",
          "env",
          "halt",
          "halt_error",
          "@uri");

  private Opaque() {}

  /** Refuses a text with a marker in it, unless the function leaves it whole. */
  static void guard(String function, JsonNode in) {
    if (in.isTextual()
        && in.textValue().contains(SecretMarker.BEGIN)
        && !PASSING.contains(function)) {
      throw new Budget.Exceeded(
          "would work on a secret with "
              + function
              + "; a secret can only be passed on, or be a part of a text");
    }
  }
}
