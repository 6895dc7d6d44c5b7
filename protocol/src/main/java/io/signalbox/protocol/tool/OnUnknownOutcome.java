package io.signalbox.protocol.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What to do with a call that was sent and of which nobody knows whether it took effect. */
public enum OnUnknownOutcome {
  /** Send again under the same key; the other side acts once. */
  IDEMPOTENT,
  /** Ask the other side whether our marker is there, then decide. */
  PROBE,
  /** A person settles it. */
  ASK,
  /** The task faults. */
  FAIL;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OnUnknownOutcome parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
