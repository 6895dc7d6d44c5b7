package io.signalbox.agents.hands.kit;

import java.util.Optional;

/** A credential that never shows itself in logs. Empty means: none is configured. */
public record Secret(String value) {
  public static final Secret NONE = new Secret("");

  public boolean isThere() {
    return !value.isEmpty();
  }

  public Optional<String> found() {
    return Optional.of(value).filter(text -> !text.isEmpty());
  }

  @Override
  public String toString() {
    return isThere() ? "***" : "(none)";
  }
}
