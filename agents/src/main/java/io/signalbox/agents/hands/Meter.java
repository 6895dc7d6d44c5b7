package io.signalbox.agents.hands;

import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.time.Duration;
import java.util.Locale;
import kamon.Kamon;
import kamon.metric.Metric;
import kamon.tag.TagSet;

/** Counts and times calls to the outside by tool, mode and result. */
final class Meter {
  private static final Metric.Counter CALLS =
      Kamon.counter("signalbox.hands.calls", "Calls to the outside, and looks for their traces");
  private static final Metric.Timer DURATION =
      Kamon.timer("signalbox.hands.call.duration", "From an order to its outcome");

  private Meter() {}

  static void note(Perform order, Duration took, Outcome outcome) {
    var tool = order.tool().map(it -> it.name()).orElse(order.kind().text());
    var tags =
        TagSet.of("tool", tool).withTag("mode", order.mode().name().toLowerCase(Locale.ROOT));
    DURATION.withTags(tags).record(took);
    CALLS.withTags(tags.withTag("result", result(outcome))).increment();
  }

  private static String result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "succeeded";
      case Outcome.Failed failed -> Integer.toString(failed.status());
      case Outcome.Unknown _ -> "unknown";
      case Outcome.Absent _ -> "absent";
    };
  }
}
