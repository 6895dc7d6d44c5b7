package io.signalbox.agents.guard.watch;

import io.signalbox.protocol.guard.Guarded.Verdict;
import io.signalbox.protocol.guard.Stage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import kamon.Kamon;
import kamon.metric.Metric;
import kamon.tag.TagSet;

/** Counts and times what guardrails looked at, by stage and verdict. */
final class Meters {
  private static final Metric.Timer DURATION =
      Kamon.timer("signalbox.guard.duration", "From a content to the guardrails' verdict");

  private Meters() {}

  static void note(Stage stage, Verdict verdict, long micros) {
    DURATION
        .withTags(
            TagSet.of("stage", stage.text())
                .withTag("verdict", verdict.name().toLowerCase(Locale.ROOT)))
        .record(Duration.of(micros, ChronoUnit.MICROS));
  }
}
