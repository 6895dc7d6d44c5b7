package io.signalbox.runtime.run;

import java.time.Duration;

/**
 * What one run may have at a time, beyond what its definition is limited to.
 *
 * @param loopItems a {@code for} goes over at most so many items; more is a validation error
 * @param listed a run's view names at most so many of what it waits for, and of its current tasks
 * @param claim how long an approver who took a question on has it to themselves
 * @param delegations how often one question may be handed on
 */
public record Limits(int loopItems, int listed, Duration claim, int delegations) {
  public static final Limits STANDARD = new Limits(100_000, 1000, Duration.ofMinutes(15), 16);

  public Limits {
    if (loopItems < 1 || listed < 1) {
      throw new IllegalArgumentException("loop-items and listed must be 1 or more");
    }
    if (!claim.isPositive() || delegations < 0) {
      throw new IllegalArgumentException(
          "approvals.claim must be positive, approvals.delegations not negative");
    }
  }
}
