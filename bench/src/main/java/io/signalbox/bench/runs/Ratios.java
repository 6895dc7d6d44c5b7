package io.signalbox.bench.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How our figures stand beside the others'; a ratio is left out where a part was not measured. */
final class Ratios {
  private Ratios() {}

  static void add(ObjectNode result) {
    ObjectNode ratios = result.putObject("ratios");
    JsonNode at256 = result.path("ours").path("256");
    double best = 0;
    double fastest = Double.MAX_VALUE;
    for (JsonNode peer : result.path("peers")) {
      best = Math.max(best, peer.path("256").path("runsPerSecond").asDouble());
      fastest = Math.min(fastest, peer.path("1").path("p50Ms").asDouble(Double.MAX_VALUE));
    }
    if (best > 0 && !at256.isMissingNode()) {
      ratios.put("vsBestPeer256", hundredth(at256.path("runsPerSecond").asDouble() / best));
    }
    double limit = result.path("limit").path("256").asDouble();
    if (limit > 0 && !at256.isMissingNode()) {
      ratios.put("vsCommitLimit256", hundredth(at256.path("stepsPerSecond").asDouble() / limit));
    }
    JsonNode one = result.path("ours").path("1");
    if (fastest < Double.MAX_VALUE && !one.isMissingNode()) {
      ratios.put("p50VsBestPeer1", hundredth(one.path("p50Ms").asDouble() / fastest));
    }
  }

  private static double hundredth(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
