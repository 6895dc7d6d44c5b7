package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;

/** An entry as a line of ArcSight's Common Event Format, version 0. */
final class Cef {
  private Cef() {}

  static String line(JsonNode entry, String tenant) {
    String action = entry.path("action").asText();
    String result = entry.path("result").asText();
    int severity =
        switch (result) {
          case "refused" -> 6;
          case "failed" -> 4;
          default -> 2;
        };
    StringBuilder line =
        new StringBuilder("CEF:0|Signalbox|Signalbox|1|")
            .append(head(action))
            .append('|')
            .append(head(action + " " + result))
            .append('|')
            .append(severity)
            .append('|');
    long millis = java.time.Instant.parse(entry.path("at").asText()).toEpochMilli();
    pair(line, "rt", Long.toString(millis));
    pair(line, "externalId", entry.path("id").asText());
    pair(line, "suser", entry.path("actor").asText());
    pair(line, "act", action);
    pair(line, "outcome", result);
    pair(line, "request", entry.path("target").asText());
    pair(line, "src", entry.at("/detail/detail/address").asText());
    labelled(line, 1, "tenant", tenant);
    labelled(line, 2, "run", entry.path("run").asText());
    labelled(line, 3, "rule", entry.path("rule").asText());
    return line.toString().stripTrailing();
  }

  private static void labelled(StringBuilder line, int number, String label, String value) {
    if (!value.isEmpty()) {
      pair(line, "cs" + number + "Label", label);
      pair(line, "cs" + number, value);
    }
  }

  private static void pair(StringBuilder line, String key, String value) {
    if (!value.isEmpty()) {
      line.append(key).append('=').append(extension(value)).append(' ');
    }
  }

  private static String head(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("[\\r\\n]+", " ");
  }

  private static String extension(String text) {
    return text.replace("\\", "\\\\")
        .replace("=", "\\=")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }
}
