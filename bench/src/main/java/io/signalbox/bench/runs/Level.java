package io.signalbox.bench.runs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.kit.Load;

/** What was measured with so many callers at a time. */
record Level(int callers, double runsPerSecond, double p50Ms, double p99Ms) {
  static Level of(Load.Figures figures) {
    return new Level(
        figures.callers(),
        figures.perSecond(),
        figures.latencies().millis(0.5),
        figures.latencies().millis(0.99));
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("runsPerSecond", tenth(runsPerSecond))
        .put("stepsPerSecond", tenth(runsPerSecond * RunsBench.STEPS))
        .put("p50Ms", tenth(p50Ms))
        .put("p99Ms", tenth(p99Ms));
  }

  static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
