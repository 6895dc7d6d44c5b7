package io.signalbox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.HistoryEvent;
import io.signalbox.cli.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final List<String> ONCE =
      List.of("github.comment", "jira.issue", "jira.transition", "slack.message", "slack.update");

  @Test
  void eachEffectOnceIsFine() {
    assertThat(Checks.effects(received(ONCE, "success"), Decision.APPROVE)).isEmpty();
  }

  @Test
  void aTicketMadeTwiceIsNoticed() {
    List<String> twice = new ArrayList<>(ONCE);
    twice.add("jira.issue");
    assertThat(Checks.effects(received(twice, "success"), Decision.APPROVE))
        .containsExactly("jira.issue happened 2 times and not 1");
  }

  @Test
  void aLostEffectAndAWrongStatusAreNoticed() {
    assertThat(Checks.effects(received(ONCE.subList(0, 4), "success"), Decision.REJECT))
        .containsExactlyInAnyOrder(
            "slack.update happened 0 times and not 1",
            "the commit's status is success and not failure");
  }

  @Test
  void aSettledTaskThatStartsAgainIsNoticed() {
    var history = List.of(event("task.started", "/do/0/a"), event("task.completed", "/do/0/a"));
    assertThat(Checks.settledStaysSettled(history)).isEmpty();
    var again = new ArrayList<>(history);
    again.add(event("task.started", "/do/0/a"));
    assertThat(Checks.settledStaysSettled(again)).hasSize(1);
  }

  @Test
  void theCallInFlightMustBeUnknownThenProbedThenSettledByTheProbe() {
    String task = "/do/8/ticket/try/0/createIssue";
    var settled =
        new HistoryEvent(4, "", "tool.returned", task, Json.lenient("{\"settledBy\": \"probe\"}"));
    var history =
        List.of(
            event("tool.called", task),
            event("tool.unknown", task),
            event("tool.probed", task),
            settled);
    assertThat(Checks.probed(history)).isEmpty();
    var sentAgain = new ArrayList<>(history);
    sentAgain.add(3, event("tool.called", task));
    assertThat(Checks.probed(sentAgain)).hasSize(1);
  }

  private static JsonNode received(List<String> kinds, String status) {
    StringBuilder effects = new StringBuilder();
    effects.append("{\"kind\": \"github.status\", \"data\": {\"state\": \"pending\"}},");
    kinds.forEach(kind -> effects.append("{\"kind\": \"" + kind + "\", \"data\": {}},"));
    effects.append("{\"kind\": \"github.status\", \"data\": {\"state\": \"" + status + "\"}}");
    return Json.lenient("[{\"effects\": [" + effects + "]}]");
  }

  private static HistoryEvent event(String type, String task) {
    return new HistoryEvent(1, "", type, task, Json.object());
  }
}
