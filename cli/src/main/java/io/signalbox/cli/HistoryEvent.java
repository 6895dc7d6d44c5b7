package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** One event of a run's history. */
public record HistoryEvent(long seq, String time, String type, String task, JsonNode data) {
  /** Reads the event from the API's JSON. */
  public static HistoryEvent of(JsonNode node) {
    return new HistoryEvent(
        node.path("seq").asLong(),
        node.path("time").asText(),
        node.path("type").asText(),
        node.path("task").asText(),
        node.path("data"));
  }

  /** Whether the run is over with this; a faulted one may be retried, but not by itself. */
  public boolean ends() {
    return switch (type) {
      case "workflow.completed", "workflow.faulted", "workflow.cancelled" -> true;
      default -> false;
    };
  }

  JsonNode json() {
    var node = Json.object().put("seq", seq).put("time", time).put("type", type).put("task", task);
    node.set("data", data);
    return node;
  }
}
