package io.signalbox.agents.hands.mcp;

import io.signalbox.agents.hands.kit.Setback;

/** A setback on its way through the SDK. */
final class UncheckedSetback extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Setback setback;

  UncheckedSetback(Setback setback) {
    super(setback);
    this.setback = setback;
  }

  Setback setback() {
    return setback;
  }
}
