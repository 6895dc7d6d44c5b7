package io.signalbox.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A rest between two looks at something outside this process. */
public final class Pause {
  private Pause() {}

  /** Returns early when the thread is interrupted. */
  public static void of(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = until - System.nanoTime();
    }
  }
}
