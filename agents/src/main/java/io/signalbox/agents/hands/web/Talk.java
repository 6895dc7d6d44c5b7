package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** The exchanges of one order: they share one deadline, and none begins after the lease is over. */
public final class Talk {
  private final Wire wire;
  private final InstantSource clock;
  private final Instant deadline;
  private final Instant leaseUntil;

  Talk(Wire wire, InstantSource clock, Instant deadline, Instant leaseUntil) {
    this.wire = wire;
    this.clock = clock;
    this.deadline = deadline;
    this.leaseUntil = leaseUntil;
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

  public Instant now() {
    return clock.instant();
  }

  /** Gives the other side a moment, but not beyond the deadline. */
  public void pause(Duration moment) {
    var left = Duration.between(clock.instant(), deadline);
    var wait = left.compareTo(moment) < 0 ? left : moment;
    if (wait.isPositive()) {
      new CompletableFuture<Void>()
          .completeOnTimeout(null, wait.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
          .join();
    }
  }
}
