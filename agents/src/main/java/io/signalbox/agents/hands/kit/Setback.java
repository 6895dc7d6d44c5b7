package io.signalbox.agents.hands.kit;

import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.util.Optional;

/** The world did not do as it was told; carries the outcome that the run is to hear. */
public final class Setback extends Exception {
  private final transient Outcome outcome;

  public Setback(Outcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Certainly not done. */
  public static Setback failed(String kind, int status, String detail) {
    return new Setback(new Outcome.Failed(kind, status, detail, Optional.empty()));
  }

  /** Certainly not done, and the other side said when to come back. */
  public static Setback failed(
      String kind, int status, String detail, Optional<Duration> retryAfter) {
    return new Setback(new Outcome.Failed(kind, status, detail, retryAfter));
  }

  /** The input is at fault; nothing was sent. */
  public static Setback invalid(String detail) {
    return failed("validation", 422, detail);
  }

  /** What came back makes no sense. If the call has an effect, it may well have taken place. */
  public static Setback garbled(boolean effect, String detail) {
    return effect ? unknown(detail) : failed("runtime", 502, detail);
  }

  /** Sent, but nobody knows whether it took effect. */
  public static Setback unknown(String detail) {
    return new Setback(new Outcome.Unknown(detail));
  }
}
