package io.signalbox.runtime.view;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Twice as long after each failure, up to the longest, and up to a fifth more by chance. */
public record Backoff(Duration shortest, Duration longest) {
  /** How long to wait after this many failures in a row, from 1. */
  public Duration after(int failures) {
    return after(failures, ThreadLocalRandom.current().nextDouble());
  }

  Duration after(int failures, double chance) {
    double doubled = (double) shortest.toMillis() * Math.pow(2, Math.max(0, failures - 1));
    double bounded = Math.min(doubled, (double) longest.toMillis());
    return Duration.ofMillis(Math.round(bounded * (1 + chance / 5)));
  }
}
