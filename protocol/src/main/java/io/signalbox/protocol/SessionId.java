package io.signalbox.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A conversation with an agent; as text and as entity id {@code tenant|agent|session}. */
public record SessionId(String tenant, String agent, String session) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SessionId parse(String text) {
    String[] parts = text.split("\\|", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "not a session id of the form tenant|agent|session: " + text);
    }
    return new SessionId(parts[0], parts[1], parts[2]);
  }

  @JsonValue
  public String text() {
    return tenant + "|" + agent + "|" + session;
  }

  @Override
  public String toString() {
    return text();
  }
}
