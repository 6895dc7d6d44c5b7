package io.signalbox.http;

import io.signalbox.http.wire.Problem;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Bounds what all request bodies together hold in memory; beyond it callers come back later. */
final class BodyBudget {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final AtomicLong free;

  BodyBudget(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** Does the work with so many bytes set aside until it is done. */
  <T> CompletionStage<T> within(long bytes, Supplier<CompletionStage<T>> work) {
    if (free.addAndGet(-bytes) < 0) {
      free.addAndGet(bytes);
      throw Problem.notReady("too many large requests at a time", SOON);
    }
    try {
      return work.get().whenComplete((_, _) -> free.addAndGet(bytes));
    } catch (RuntimeException e) {
      free.addAndGet(bytes);
      throw e;
    }
  }
}
