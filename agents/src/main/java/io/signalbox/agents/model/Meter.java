package io.signalbox.agents.model;

import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import kamon.Kamon;
import kamon.metric.Metric;
import kamon.tag.TagSet;

/** Counts and times model calls by provider, model and result. */
final class Meter {
  private static final Metric.Counter CALLS =
      Kamon.counter("signalbox.model.calls", "Calls of models");
  private static final Metric.Counter TOKENS =
      Kamon.counter("signalbox.model.tokens", "Tokens that models read and wrote");
  private static final Metric.Timer DURATION =
      Kamon.timer("signalbox.model.call.duration", "From asking a model to its answer");

  private Meter() {}

  static void note(String provider, String model, Duration took, ModelAnswer answer) {
    TagSet tags = TagSet.of("provider", provider).withTag("model", model);
    DURATION.withTags(tags).record(took);
    switch (answer) {
      case ModelAnswer.Text text -> count(tags, "text", text.usage());
      case ModelAnswer.ToolCalls calls -> count(tags, "tool_calls", calls.usage());
      case ModelAnswer.Failed failed -> count(tags, String.valueOf(failed.status()), Usage.NONE);
    }
  }

  private static void count(TagSet tags, String result, Usage usage) {
    CALLS.withTags(tags.withTag("result", result)).increment();
    TOKENS.withTags(tags.withTag("direction", "in")).increment(usage.inputTokens());
    TOKENS.withTags(tags.withTag("direction", "out")).increment(usage.outputTokens());
  }
}
