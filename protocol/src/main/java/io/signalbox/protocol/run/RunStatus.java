package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The DSL's status phases of a run. */
public enum RunStatus {
  PENDING,
  RUNNING,
  WAITING,
  SUSPENDED,
  CANCELLED,
  FAULTED,
  COMPLETED;

  /** Nothing more will happen by itself; a faulted run may still be retried. */
  public boolean ended() {
    return this == CANCELLED || this == FAULTED || this == COMPLETED;
  }

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RunStatus parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
