package io.signalbox.bench.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The figures as people read them. */
final class Table {
  private static final String LINE = "%-10s %10s %12s %12s %14s%n";

  private Table() {}

  static String of(JsonNode result) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(LINE, "", "steps", "ms/step", "rows/step", "bytes/step"));
    for (Map.Entry<String, JsonNode> loop : result.properties()) {
      for (Map.Entry<String, JsonNode> level : loop.getValue().path("steps").properties()) {
        JsonNode cost = level.getValue();
        text.append(
            String.format(
                LINE,
                loop.getKey(),
                level.getKey(),
                cost.path("msPerStep").asText(),
                cost.path("rowsPerStep").asText(),
                cost.path("bytesPerStep").asText()));
      }
      text.append(
          String.format(
              "%-10s answers %s ms after the killed server is up again%n",
              loop.getKey(), loop.getValue().path("recoveryMs").asText()));
    }
    return text.toString();
  }
}
