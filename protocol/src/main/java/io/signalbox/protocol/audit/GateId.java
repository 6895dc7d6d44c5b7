package io.signalbox.protocol.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One of the few gates of a tenant; as text and as entity id {@code tenant|number}. The same note
 * always comes to the same gate, so that repetitions meet there.
 */
public record GateId(String tenant, int number) {
  /** Gates a tenant has; a write serves all notes that arrived at a gate meanwhile. */
  public static final int MANY = 4;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GateId parse(String text) {
    int bar = text.lastIndexOf('|');
    if (bar < 1) {
      throw new IllegalArgumentException("not a gate id of the form tenant|number: " + text);
    }
    return new GateId(text.substring(0, bar), Integer.parseInt(text.substring(bar + 1)));
  }

  /** Where this note belongs. */
  public static GateId of(AuditNote note) {
    int hash = (note.actor() + '|' + note.action() + '|' + note.target()).hashCode();
    return new GateId(note.tenant(), Math.floorMod(hash, MANY));
  }

  @JsonValue
  public String text() {
    return tenant + "|" + number;
  }

  @Override
  public String toString() {
    return text();
  }
}
