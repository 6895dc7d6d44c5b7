package io.signalbox.runtime.run;

/**
 * What one run may have at a time, beyond what its definition is limited to.
 *
 * @param loopItems a {@code for} goes over at most so many items; more is a validation error
 * @param listed a run's view names at most so many of what it waits for, and of its current tasks
 */
public record Limits(int loopItems, int listed) {
  public static final Limits STANDARD = new Limits(100_000, 1000);

  public Limits {
    if (loopItems < 1 || listed < 1) {
      throw new IllegalArgumentException("loop-items and listed must be 1 or more");
    }
  }
}
