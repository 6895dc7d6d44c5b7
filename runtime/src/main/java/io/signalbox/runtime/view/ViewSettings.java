package io.signalbox.runtime.view;

import com.typesafe.config.Config;
import java.time.Duration;

/** How the journal is read into views; reference.conf says what each means. */
public record ViewSettings(
    Duration pollInterval,
    Duration pollLongest,
    int batch,
    Duration statementTimeout,
    Duration retryShortest,
    Duration retryLongest,
    int queriesAtOnce,
    int traceRows,
    Waker waker) {
  public ViewSettings {
    positive("poll-interval", pollInterval);
    ordered("poll-interval", pollInterval, "poll-longest", pollLongest);
    within("batch", batch, 1, 10_000);
    positive("statement-timeout", statementTimeout);
    positive("retry-shortest", retryShortest);
    ordered("retry-shortest", retryShortest, "retry-longest", retryLongest);
    within("queries-at-once", queriesAtOnce, 1, 10_000);
    within("trace-rows", traceRows, 1, 1_000_000);
  }

  /** How the waker goes about it. */
  public record Waker(
      Duration interval,
      int batch,
      Duration againShortest,
      Duration againLongest,
      Duration sweepPace,
      Duration sweepPatience) {
    public Waker {
      positive("waker.interval", interval);
      within("waker.batch", batch, 1, 10_000);
      positive("waker.again-shortest", againShortest);
      ordered("waker.again-shortest", againShortest, "waker.again-longest", againLongest);
      positive("waker.sweep-pace", sweepPace);
      positive("waker.sweep-patience", sweepPatience);
    }
  }

  /** From {@code signalbox.runtime.views}. */
  public static ViewSettings from(Config views) {
    return new ViewSettings(
        views.getDuration("poll-interval"),
        views.getDuration("poll-longest"),
        views.getInt("batch"),
        views.getDuration("statement-timeout"),
        views.getDuration("retry-shortest"),
        views.getDuration("retry-longest"),
        views.getInt("queries-at-once"),
        views.getInt("trace-rows"),
        waker(views.getConfig("waker")));
  }

  private static Waker waker(Config waker) {
    return new Waker(
        waker.getDuration("interval"),
        waker.getInt("batch"),
        waker.getDuration("again-shortest"),
        waker.getDuration("again-longest"),
        waker.getDuration("sweep-pace"),
        waker.getDuration("sweep-patience"));
  }

  /**
   * How long to wait after a batch that took so long: under load the reader takes a quarter of its
   * time, since what changes several times in between is written once.
   */
  Duration pauseAfter(Duration took) {
    Duration fair = took.multipliedBy(3);
    return fair.compareTo(pollInterval) < 0
        ? pollInterval
        : fair.compareTo(pollLongest) > 0 ? pollLongest : fair;
  }

  /** In whole seconds, at least one, as JDBC takes it. */
  int statementSeconds() {
    return (int) Math.max(1, statementTimeout.toSeconds());
  }

  private static void positive(String key, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw wrong(key, value, "must be longer than nothing");
    }
  }

  private static void within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(key, value, "must be from " + least + " to " + most);
    }
  }

  private static void ordered(String shortKey, Duration shortest, String key, Duration longest) {
    if (longest.compareTo(shortest) < 0) {
      throw wrong(key, longest, "must not be shorter than " + shortKey + ", " + shortest);
    }
  }

  private static IllegalArgumentException wrong(String key, Object value, String rule) {
    return new IllegalArgumentException(
        "signalbox.runtime.views." + key + " " + rule + ", but is " + value);
  }
}
