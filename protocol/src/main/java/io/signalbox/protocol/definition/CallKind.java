package io.signalbox.protocol.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a {@code call} task calls. */
public enum CallKind {
  HTTP,
  OPENAPI,
  TOOL,
  AGENT,
  APPROVAL;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CallKind parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
