package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.HistoryEvent;
import io.signalbox.cli.HistoryLine;
import io.signalbox.cli.Ink;
import io.signalbox.cli.Table;
import io.signalbox.cli.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is shown once the run is over. */
final class Report {
  private static final Set<String> SHOWN =
      Set.of(
          "workflow.started",
          "workflow.completed",
          "workflow.faulted",
          "tool.called",
          "tool.unknown",
          "tool.probed",
          "tool.returned",
          "tool.failed",
          "tool.requested",
          "tool.refused",
          "message.sent",
          "approval.requested",
          "approval.decided",
          "retry.scheduled",
          "task.retried",
          "task.faulted");

  private final Stage stage;

  Report(Stage stage) {
    this.stage = stage;
  }

  void history(List<HistoryEvent> history) {
    Table table = new Table("SEQ", "TIME", "EVENT", "TASK", "WHAT");
    for (HistoryEvent event : history) {
      if (SHOWN.contains(event.type())) {
        table.row(
            Long.toString(event.seq()),
            Words.clock(event.time()),
            event.type(),
            Words.task(event.task()),
            Words.shortened(HistoryLine.said(event), 90));
      }
    }
    table.print(stage.out());
    stage
        .out()
        .println(Ink.DIM.on("(tasks started and completed are left out here; all of it is above)"));
  }

  /** One line for each thing that was done at the outside, with how often it was asked for. */
  void received(JsonNode received) {
    Map<String, List<JsonNode>> byOperation = new LinkedHashMap<>();
    for (JsonNode one : received) {
      String name = one.path("service").asText() + "." + one.path("operation").asText();
      byOperation.computeIfAbsent(name, _ -> new ArrayList<>()).add(one);
    }
    Table table = new Table("OPERATION", "REQUESTS", "EFFECTS", "ANSWERS", "EFFECT");
    byOperation.forEach(
        (name, all) ->
            table.row(
                name,
                Integer.toString(all.size()),
                Integer.toString(all.stream().mapToInt(one -> one.path("effects").size()).sum()),
                String.join(
                    ", ", all.stream().map(one -> one.path("answer").asText()).distinct().toList()),
                effects(all)));
    table.print(stage.out());
  }

  private static String effects(List<JsonNode> all) {
    List<String> told = new ArrayList<>();
    for (JsonNode one : all) {
      for (JsonNode effect : one.path("effects")) {
        told.add(told(effect.path("kind").asText(), effect.path("data")));
      }
    }
    return Words.shortened(String.join("; ", told), 80);
  }

  private static String told(String kind, JsonNode data) {
    return switch (kind) {
      case "github.status" -> data.path("state").asText();
      case "github.comment" -> data.path("body").asText().lines().findFirst().orElse("");
      case "jira.issue" -> data.path("key").asText() + " " + data.at("/fields/summary").asText();
      case "jira.transition" ->
          data.path("issue").asText()
              + " "
              + data.path("from").asText()
              + " → "
              + data.path("to").asText();
      case "slack.message", "slack.update" -> data.at("/message/text").asText();
      default -> kind;
    };
  }

  /** Every call that was not simply sent and answered. */
  void repeated(List<HistoryEvent> history) {
    int shown = 0;
    for (HistoryEvent event : history) {
      boolean unusual =
          switch (event.type()) {
            case "tool.unknown", "tool.probed", "retry.scheduled" -> true;
            case "tool.called", "message.sent" -> event.data().path("attempt").asInt(1) > 1;
            case "tool.returned" -> event.data().path("settledBy").asText().equals("probe");
            default -> false;
          };
      if (unusual) {
        shown++;
        stage.note(event.type() + "  " + Words.task(event.task()) + "  " + HistoryLine.said(event));
      }
    }
    if (shown == 0) {
      stage.note("nothing");
    }
  }

  void pretended(Outside outside, String model) {
    stage.note(
        "GitHub, Jira and Slack were a sandbox at "
            + outside.url()
            + "; the pull request is made up.");
    stage.note(
        model.startsWith("scripted/")
            ? "The agent's words were written beforehand ("
                + model
                + "): no model was asked. Set OPENAI_API_KEY for a real one."
            : "The agent's words came from " + model + ".");
    stage.note(
        "The decision was taken with the key of user:carol, role compliance-officer, made for this demo.");
    stage.note("The policy scan, the database query, the journal and the two SIGKILLs were real.");
  }
}
