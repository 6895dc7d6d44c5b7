package io.signalbox.agents.hands.auth;

import java.time.Instant;
import java.util.Optional;

/** A token that was given out. */
record Grant(String token, Optional<Instant> expires, Optional<String> refreshToken) {
  @Override
  public String toString() {
    return "Grant[expires=" + expires + "]";
  }
}
