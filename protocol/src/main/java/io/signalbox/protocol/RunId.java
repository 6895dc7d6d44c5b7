package io.signalbox.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A run within its tenant; as text and as entity id {@code tenant|id}. */
public record RunId(String tenant, String id) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RunId parse(String text) {
    int bar = text.indexOf('|');
    if (bar < 1 || bar == text.length() - 1) {
      throw new IllegalArgumentException("not a run id of the form tenant|id: " + text);
    }
    return new RunId(text.substring(0, bar), text.substring(bar + 1));
  }

  @JsonValue
  public String text() {
    return tenant + "|" + id;
  }

  @Override
  public String toString() {
    return text();
  }
}
