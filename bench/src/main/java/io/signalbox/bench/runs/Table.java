package io.signalbox.bench.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** The figures as people read them. */
final class Table {
  private static final String LINE = "%-22s %8s %10s %10s %9s %9s %10s %10s%n";

  private Table() {}

  static String of(JsonNode result) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            LINE, "", "at once", "runs/s", "steps/s", "p50 ms", "p99 ms", "rows/run", "bytes/run"));
    rows(text, "signalbox", result.path("ours"));
    result.path("peers").properties().forEach(peer -> rows(text, peer.getKey(), peer.getValue()));
    for (Map.Entry<String, JsonNode> limit : result.path("limit").properties()) {
      text.append(
          String.format(
              LINE,
              "commit limit, rows/s",
              limit.getKey(),
              "",
              limit.getValue().asText(),
              "",
              "",
              "",
              ""));
    }
    result
        .path("ratios")
        .properties()
        .forEach(
            ratio ->
                text.append(
                    String.format(
                        Locale.ROOT, "%-22s %.2f%n", ratio.getKey(), ratio.getValue().asDouble())));
    return text.toString();
  }

  private static void rows(StringBuilder text, String name, JsonNode levels) {
    for (Map.Entry<String, JsonNode> level : levels.properties()) {
      JsonNode f = level.getValue();
      text.append(
          String.format(
              LINE,
              name,
              level.getKey(),
              f.path("runsPerSecond").asText(),
              f.path("stepsPerSecond").asText(),
              f.path("p50Ms").asText(),
              f.path("p99Ms").asText(),
              f.path("rowsPerRun").asText(),
              f.path("bytesPerRun").asText()));
    }
  }
}
