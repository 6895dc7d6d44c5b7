package io.signalbox.journey;

import io.signalbox.boot.postgres.Pause;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Looks again and again until what is waited for has come, or too much time has gone by. */
final class Eventually {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(50);

  private Eventually() {}

  static <T> T get(String what, Callable<T> look, Predicate<T> enough) throws Exception {
    return get(what, PATIENCE, look, enough);
  }

  static <T> T get(String what, Duration patience, Callable<T> look, Predicate<T> enough)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    T seen = look.call();
    while (!enough.test(seen)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            what + ": not within " + patience.toSeconds() + " s; last seen: " + seen);
      }
      Pause.of(PACE);
      seen = look.call();
    }
    return seen;
  }
}
