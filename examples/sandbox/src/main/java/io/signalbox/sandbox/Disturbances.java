package io.signalbox.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Troubles ordered by whoever rehearses a failure: held answers, outages and rate limits. */
final class Disturbances {
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  /** Holds back an answer after its effect is stored. */
  record Hold(
      String service,
      String operation,
      CountDownLatch released,
      AtomicBoolean dropped,
      Duration longest) {
    /** Whether the answer may go out now. */
    boolean await() {
      try {
        boolean freed = released.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (!freed) {
          released.countDown();
        }
        return !dropped.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private record Limit(String service, String operation, int left, int retryAfter) {}

  private record Outage(String service, Instant until) {}

  private final List<Hold> ordered = new ArrayList<>();
  private final List<Hold> underWay = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();

  /** The next call of this operation is held; without a time, until released. */
  synchronized void hold(String service, String operation, Optional<Duration> time) {
    ordered.add(
        new Hold(
            service,
            operation,
            new CountDownLatch(1),
            new AtomicBoolean(),
            time.orElse(LONGEST_HOLD)));
  }

  /** The next {@code times} calls of this operation are refused. */
  synchronized void limit(String service, String operation, int times, int retryAfter) {
    limits.add(new Limit(service, operation, times, retryAfter));
  }

  /** An empty service name means all of them. */
  synchronized void outage(String service, Duration time) {
    outages.add(new Outage(service, Instant.now().plus(time)));
  }

  /**
   * Lets all held answers go, or loses them on the way, and forgets holds not yet used; tells how
   * many were held.
   */
  synchronized int release(boolean drop) {
    int held = underWay.size();
    underWay.forEach(
        hold -> {
          hold.dropped().set(drop);
          hold.released().countDown();
        });
    underWay.clear();
    ordered.clear();
    return held;
  }

  synchronized List<Hold> held() {
    underWay.removeIf(hold -> hold.released().getCount() == 0);
    return List.copyOf(underWay);
  }

  synchronized Optional<Hold> takeHold(String service, String operation) {
    Iterator<Hold> each = ordered.iterator();
    while (each.hasNext()) {
      Hold hold = each.next();
      if (hold.service().equals(service) && hold.operation().equals(operation)) {
        each.remove();
        underWay.add(hold);
        return Optional.of(hold);
      }
    }
    return Optional.empty();
  }

  synchronized Optional<Integer> takeLimit(String service, String operation) {
    for (int i = 0; i < limits.size(); i++) {
      Limit it = limits.get(i);
      if (it.service().equals(service) && it.operation().equals(operation)) {
        if (it.left() <= 1) {
          limits.remove(i);
        } else {
          limits.set(i, new Limit(service, operation, it.left() - 1, it.retryAfter()));
        }
        return Optional.of(it.retryAfter());
      }
    }
    return Optional.empty();
  }

  synchronized boolean down(String service) {
    Instant now = Instant.now();
    outages.removeIf(outage -> outage.until().isBefore(now));
    return outages.stream()
        .anyMatch(outage -> outage.service().isEmpty() || outage.service().equals(service));
  }
}
