package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The exchanges of one order: they share one deadline, and none begins after the lease is over. */
public final class Talk {
  private final Wire wire;
  private final InstantSource clock;
  private final Instant deadline;
  private final Instant leaseUntil;
  private final int maxRedirects;

  Talk(Wire wire, InstantSource clock, Instant deadline, Instant leaseUntil, int maxRedirects) {
    this.wire = wire;
    this.clock = clock;
    this.deadline = deadline;
    this.leaseUntil = leaseUntil;
    this.maxRedirects = maxRedirects;
  }

  /** Sends and waits for the whole answer, whatever its status. */
  public Answer ask(Ask ask) throws Setback {
    var now = clock.instant();
    if (!now.isBefore(leaseUntil)) {
      throw Setback.failed("timeout", 503, "lease expired before sending");
    }
    if (!now.isBefore(deadline)) {
      throw Setback.failed("timeout", 408, "out of time before sending");
    }
    return wire.send(ask, Duration.between(now, deadline));
  }

  /** Waits for a lock that others of this node hold while they ask, but not beyond the deadline. */
  public void lock(ReentrantLock lock) throws Setback {
    try {
      var left = Duration.between(clock.instant(), deadline);
      if (!lock.tryLock(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)) {
        throw Setback.failed("timeout", 408, "out of time before sending");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Setback.failed("communication", 503, "interrupted, the gateway is stopping");
    }
  }

  /** How many redirects are followed before it is taken for an endless loop. */
  int maxRedirects() {
    return maxRedirects;
  }

  public Instant now() {
    return clock.instant();
  }

  /** Gives the other side a moment, but not beyond the deadline. */
  public void pause(Duration moment) {
    var left = Duration.between(clock.instant(), deadline);
    var wait = left.compareTo(moment) < 0 ? left : moment;
    if (wait.isPositive()) {
      new CompletableFuture<Void>()
          .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }
  }
}
