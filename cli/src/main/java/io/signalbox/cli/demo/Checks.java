package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.HistoryEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be true at the end of the demo; each fault in words. */
final class Checks {
  private static final Map<String, Integer> WANTED =
      Map.of(
          "github.status", 2,
          "github.comment", 1,
          "jira.issue", 1,
          "jira.transition", 1,
          "slack.message", 1,
          "slack.update", 1);

  private Checks() {}

  /** Each effect exactly as often as the workflow wants it, whatever was killed. */
  static List<String> effects(JsonNode received, Decision decision) {
    Map<String, Integer> counted = new LinkedHashMap<>();
    String status = "none";
    for (JsonNode one : received) {
      for (JsonNode effect : one.path("effects")) {
        String kind = effect.path("kind").asText();
        counted.merge(kind, 1, Integer::sum);
        if (kind.equals("github.status")) {
          status = effect.at("/data/state").asText();
        }
      }
    }
    List<String> faults = new ArrayList<>();
    WANTED.forEach(
        (kind, times) -> {
          int found = counted.getOrDefault(kind, 0);
          if (found != times) {
            faults.add(kind + " happened " + found + " times and not " + times);
          }
        });
    if (!status.equals(decision.status())) {
      faults.add("the commit's status is " + status + " and not " + decision.status());
    }
    return faults;
  }

  /** No task that was settled was ever started again. */
  static List<String> settledStaysSettled(List<HistoryEvent> history) {
    Set<String> done = new LinkedHashSet<>();
    List<String> faults = new ArrayList<>();
    for (HistoryEvent event : history) {
      if (event.type().equals("task.completed")) {
        done.add(event.task());
      } else if (event.type().equals("task.started") && done.contains(event.task())) {
        faults.add(event.task() + " was started again after it was done");
      }
    }
    return faults;
  }

  /**
   * The call that was in flight at the kill was unknown, then probed, then settled by the probe.
   */
  static List<String> probed(List<HistoryEvent> history) {
    List<String> steps =
        history.stream()
            .filter(event -> event.task().endsWith("/createIssue"))
            .map(Checks::step)
            .filter(step -> !step.isEmpty())
            .toList();
    List<String> wanted = List.of("called", "unknown", "probed", "settled by probe");
    return steps.equals(wanted)
        ? List.of()
        : List.of("the call to Jira went " + steps + " and not " + wanted);
  }

  private static String step(HistoryEvent event) {
    return switch (event.type()) {
      case "tool.called" -> "called";
      case "tool.unknown" -> "unknown";
      case "tool.probed" -> "probed";
      case "tool.returned", "tool.failed" ->
          "settled by " + event.data().path("settledBy").asText();
      default -> "";
    };
  }
}
