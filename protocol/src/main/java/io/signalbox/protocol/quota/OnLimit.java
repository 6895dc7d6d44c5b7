package io.signalbox.protocol.quota;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a run does whose call meets a limit. */
public enum OnLimit {
  /** The call fails with status 429; the run may catch that. */
  FAIL,
  /** The call waits for its turn. */
  WAIT;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OnLimit parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
