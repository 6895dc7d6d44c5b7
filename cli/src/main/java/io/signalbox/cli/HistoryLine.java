package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A history event as one readable line. */
public final class HistoryLine {
  private static final int MOST = 120;

  private HistoryLine() {}

  /** Whether people care: what is created starts in the same moment. */
  public static boolean worthShowing(HistoryEvent event) {
    return !event.type().equals("task.created");
  }

  public static String of(HistoryEvent event) {
    String said = said(event);
    return Ink.DIM.on(Words.clock(event.time()))
        + " "
        + Ink.DIM.on(String.format(Locale.ROOT, "%4d", event.seq()))
        + "  "
        + ink(event.type()).on(String.format(Locale.ROOT, "%-19s", event.type()))
        + " "
        + Ink.BOLD.on(Words.task(event.task()))
        + (said.isEmpty() ? "" : "  " + said);
  }

  private static Ink ink(String type) {
    return switch (type) {
      case "workflow.completed", "tool.returned" -> Ink.GREEN;
      case "workflow.faulted", "task.faulted", "tool.failed", "tool.refused" -> Ink.RED;
      case "tool.unknown", "tool.probed", "approval.requested", "approval.escalated" -> Ink.YELLOW;
      case "approval.decided", "message.sent", "tool.called", "tool.requested" -> Ink.CYAN;
      default -> Ink.DIM;
    };
  }

  /** What an event says beyond its type and task. */
  public static String said(HistoryEvent event) {
    JsonNode data = event.data();
    String said =
        switch (event.type()) {
          case "workflow.started" -> "by " + data.path("startedBy").asText();
          case "workflow.faulted", "task.faulted", "error.caught" -> error(data.path("error"));
          case "retry.scheduled" ->
              "try again at "
                  + Words.clock(data.path("at").asText())
                  + ": "
                  + error(data.path("error"));
          case "tool.called", "message.sent" -> sent(data);
          case "tool.requested" ->
              data.path("tool").asText() + ", allowed by " + data.path("rule").asText();
          case "tool.refused" -> data.path("tool").asText() + ": " + data.path("why").asText();
          case "tool.unknown" ->
              data.path("why").asText()
                  + "; policy "
                  + data.path("policy").asText()
                  + ", key "
                  + key(data);
          case "tool.probed" -> "looking for our marker, key " + key(data);
          case "tool.returned", "tool.failed" -> settled(data);
          case "tool.resolved" -> data.path("outcome").asText() + " by " + data.path("by").asText();
          case "approval.requested" ->
              data.path("title").asText()
                  + " (asks "
                  + String.join(", ", Words.texts(data.path("approvers")))
                  + ")";
          case "approval.escalated" ->
              "now also " + String.join(", ", Words.texts(data.path("to")));
          case "approval.decided" -> vote(data.path("vote"));
          case "wait.started" -> "until " + Words.clock(data.path("until").asText());
          case "event.received", "event.emitted" -> data.at("/event/type").asText();
          default -> "";
        };
    return Words.shortened(said, MOST);
  }

  /** A key is the run's id and a number; the run is known. */
  private static String key(JsonNode data) {
    String key = data.path("key").asText();
    return "…" + key.substring(Math.max(0, key.lastIndexOf('-')));
  }

  private static String sent(JsonNode data) {
    int attempt = data.path("attempt").asInt(1);
    String again = attempt > 1 ? ", attempt " + attempt + ": " + data.path("why").asText() : "";
    return "→ " + data.path("target").asText() + ", key " + key(data) + again;
  }

  private static String settled(JsonNode data) {
    JsonNode outcome = data.path("outcome");
    String by = data.path("settledBy").asText();
    String how = by.equals("answer") || by.isEmpty() ? "" : "settled by " + by + ", ";
    if (outcome.path("outcome").asText().equals("failed")) {
      return how + outcome.path("status").asText() + " " + outcome.path("detail").asText();
    }
    return how + outcome.path("outcome").asText();
  }

  private static String vote(JsonNode vote) {
    String reason = vote.path("reason").asText("");
    return vote.path("decision").asText()
        + " by "
        + vote.path("by").asText()
        + (reason.isEmpty() || reason.equals("null") ? "" : ": " + reason);
  }

  private static String error(JsonNode error) {
    return error.path("status").asText()
        + " "
        + error.path("title").asText()
        + ": "
        + error.path("detail").asText();
  }
}
