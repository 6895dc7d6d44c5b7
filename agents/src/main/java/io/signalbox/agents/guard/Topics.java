package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.guard.injection.DetectorDown;
import io.signalbox.agents.guard.injection.Embedder;
import io.signalbox.agents.guard.injection.Windows;
import io.signalbox.agents.guard.sensitive.Hit;
import java.util.ArrayList;
import java.util.List;

/** Texts of a topic that a guardrail names by examples: what lies near one of them is of it. */
public final class Topics {
  private static final double NEAR = 0.55;

  private final Embedder embedder;

  public Topics(Embedder embedder) {
    this.embedder = embedder;
  }

  List<Hit> find(JsonNode options, String text) throws DetectorDown {
    double threshold = options.path("threshold").asDouble(NEAR);
    List<float[]> examples = new ArrayList<>();
    for (JsonNode example : options.path("examples")) {
      examples.add(embedder.of(example.asText()));
    }
    List<Hit> hits = new ArrayList<>();
    for (Windows.Window window : Windows.of(text)) {
      float[] vector = embedder.of(window.text());
      double near = examples.stream().mapToDouble(it -> dot(it, vector)).max().orElse(0);
      if (near >= threshold) {
        hits.add(new Hit("topic", "topic", window.start(), window.end(), Math.min(1, near)));
      }
    }
    return hits;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
