package io.signalbox.protocol.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a tool may do to the world. */
public enum Risk {
  READ,
  WRITE,
  DESTRUCTIVE;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Risk parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
