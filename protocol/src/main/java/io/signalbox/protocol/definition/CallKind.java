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
  APPROVAL,
  /** Another workflow, as a run of its own. */
  WORKFLOW,
  /** A shell command, a script or a container, in a process of its own. */
  PROCESS;

  /**
   * Whether the other side is durable itself: it is asked again rather than doubted, and its answer
   * may take as long as it likes.
   */
  public boolean durable() {
    return this == AGENT || this == WORKFLOW;
  }

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CallKind parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
