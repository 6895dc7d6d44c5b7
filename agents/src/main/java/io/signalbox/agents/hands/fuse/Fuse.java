package io.signalbox.agents.hands.fuse;

import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.tool.ToolHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kamon.Kamon;
import kamon.metric.Metric;
import kamon.tag.TagSet;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.pattern.CircuitBreaker;
import org.apache.pekko.pattern.CircuitBreakerOpenException;

/** One tool's circuit breaker and its places on this node. Called on virtual threads: it waits. */
final class Fuse {
  private static final Metric.Gauge OPEN =
      Kamon.gauge("signalbox.tool.circuit", "Circuit of a tool: 0 closed, 1 half-open, 2 open");
  private static final Metric.Counter REFUSED =
      Kamon.counter("signalbox.tool.refused", "Calls not made: circuit open, or no place free");
  // longer than any call: how long a call may take is the tool's own timeout
  private static final Duration LONGEST = Duration.ofHours(2);

  final FuseSettings settings;
  private final String tool;
  private final TagSet tags;
  private final Semaphore places;
  private final CircuitBreaker breaker;

  Fuse(String tenant, String tool, FuseSettings settings, Scheduler scheduler) {
    this.settings = settings;
    this.tool = tool;
    this.tags = TagSet.of("tool", tool).withTag("tenant", tenant);
    this.places = new Semaphore(settings.calls(), true);
    this.breaker =
        CircuitBreaker.create(
            scheduler,
            settings.failures() == 0 ? Integer.MAX_VALUE : settings.failures(),
            LONGEST,
            settings.resetAfter());
    breaker.addOnOpenListener(() -> OPEN.withTags(tags).update(2));
    breaker.addOnHalfOpenListener(() -> OPEN.withTags(tags).update(1));
    breaker.addOnCloseListener(() -> OPEN.withTags(tags).update(0));
  }

  Outcome around(Supplier<Outcome> call) {
    try {
      if (!places.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        return refused(
            "bulkhead",
            "%d calls of %s are under way at this node, its limit"
                .formatted(settings.calls(), tool),
            Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("stopping", "the gateway is stopping", Duration.ofSeconds(2));
    }
    try {
      return breaker.callWithSyncCircuitBreaker(
          call::get,
          (outcome, thrown) -> thrown.isPresent() || outcome.filter(Fuse::fails).isPresent());
    } catch (CircuitBreakerOpenException e) {
      Duration left = Duration.ofNanos(Math.max(1_000_000, e.remainingDuration().toNanos()));
      return refused(
          "circuit",
          "the circuit of %s is open after %d failures in a row; one call tries in %d ms"
              .formatted(tool, settings.failures(), left.toMillis()),
          left);
    } finally {
      places.release();
    }
  }

  private Outcome refused(String why, String detail, Duration later) {
    REFUSED.withTags(tags.withTag("why", why)).increment();
    return new Outcome.Failed(
        "communication", 503, "nothing was sent: " + detail, Optional.of(later));
  }

  /** It did not work: no answer, none in time, or one that says that the other side is broken. */
  private static boolean fails(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unknown _ -> true;
      case Outcome.Failed it ->
          (it.kind().equals("communication") || it.kind().equals("timeout"))
              && (it.status() >= 500 || it.status() == 408);
      case Outcome.Succeeded _, Outcome.Absent _ -> false;
    };
  }

  boolean idle() {
    return breaker.isClosed() && places.availablePermits() == settings.calls();
  }

  ToolHealth health() {
    return new ToolHealth(
        breaker.isOpen() ? "open" : breaker.isHalfOpen() ? "half-open" : "closed",
        breaker.isClosed() ? breaker.currentFailureCount() : settings.failures(),
        settings.calls() - places.availablePermits());
  }
}
