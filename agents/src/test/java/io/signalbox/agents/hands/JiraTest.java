package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.StandIn.Received;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.run.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against a stand-in with the paths, shapes and error codes of Jira Cloud's REST API v3. */
class JiraTest {
  private static final String ISSUE =
      """
      {"project": "COMP", "type": "Task", "summary": "Risky change", "labels": ["review"],
       "description": "First line\\nsecond line\\n\\nNext paragraph"}""";
  private static final String COMMENT = "{\"issue\": \"COMP-1\", \"body\": \"Done.\"}";
  private static final String MOVE = "{\"issue\": \"COMP-1\", \"to\": \"done\"}";
  private static final String TRANSITIONS =
      """
      {"transitions": [{"id": "21", "name": "Start", "to": {"name": "In Progress"}},
                       {"id": "31", "name": "Close it", "to": {"name": "Done"}}]}""";

  @Test
  void anIssueIsMadeWithADocumentALabelAndAProperty() {
    try (var server =
            StandIn.of(
                _ -> Reply.json(201, "{\"id\": \"10001\", \"key\": \"COMP-1\", \"self\": \"s\"}"));
        var bench = bench(server)) {
      var made = result(bench.call("jira.create-issue", ISSUE));
      assertThat(made.path("key").asText()).isEqualTo("COMP-1");
      assertThat(made.path("url").asText()).isEqualTo(server.url() + "/browse/COMP-1");
      var sent = server.received().getFirst();
      assertThat(sent.path()).isEqualTo("/rest/api/3/issue");
      assertThat(sent.header("Authorization")).isEqualTo("Basic Ym90QGFjbWU6amk=");
      assertThat(sent.json().at("/fields/description"))
          .isEqualTo(
              json(
                  """
                  {"type": "doc", "version": 1, "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "First line"},
                      {"type": "hardBreak"}, {"type": "text", "text": "second line"}]},
                    {"type": "paragraph", "content": [{"type": "text", "text": "Next paragraph"}]}]}"""));
      assertThat(sent.json().at("/fields/labels/0").asText()).isEqualTo("review");
      assertThat(sent.json().at("/fields/labels/1").asText()).startsWith("signalbox-r1-7-");
      assertThat(sent.json().path("properties"))
          .isEqualTo(json("[{\"key\": \"signalbox\", \"value\": {\"key\": \"r1-7\"}}]"));
    }
  }

  @Test
  void theProbeSearchesTheLabelAndTrustsOnlyTheProperty() {
    try (var server = StandIn.of(request -> search(request, "r1-7"));
        var bench = bench(server)) {
      var found = result(bench.probe("jira.create-issue", ISSUE));
      assertThat(found.path("key").asText()).isEqualTo("COMP-1");
      assertThat(server.received().getFirst().json().path("jql").asText())
          .matches("labels = \"signalbox-r1-7-[0-9a-f]{12}\"");
    }
    try (var server = StandIn.of(request -> search(request, "another"));
        var bench = bench(server)) {
      assertThat(bench.probe("jira.create-issue", ISSUE)).isEqualTo(new Outcome.Absent());
    }
  }

  @Test
  void aSearchThatLagsBehindIsGivenASecondChance() {
    var searches = new AtomicInteger();
    try (var server =
            StandIn.of(
                request ->
                    request.path().endsWith("/search/jql") && searches.incrementAndGet() == 1
                        ? Reply.json(200, "{\"issues\": [], \"isLast\": true}")
                        : search(request, "r1-7"));
        var bench =
            Workbench.with(
                "jira { base-url = \"%s\", search-lag = 20ms }".formatted(server.url()))) {
      assertThat(bench.probe("jira.create-issue", ISSUE)).isInstanceOf(Outcome.Succeeded.class);
    }
  }

  @Test
  void aCommentIsFoundAgainByItsProperty() {
    try (var server =
            StandIn.of(
                request ->
                    request.method().equals("POST")
                        ? Reply.json(201, "{\"id\": \"20001\", \"self\": \"s\"}")
                        : Reply.json(
                            200,
                            """
                            {"total": 2, "comments": [{"id": "20002", "properties": []},
                              {"id": "20001", "properties": [
                                {"key": "signalbox", "value": {"key": "r1-7"}}]}]}"""));
        var bench = bench(server)) {
      assertThat(result(bench.call("jira.add-comment", COMMENT)).path("id").asText())
          .isEqualTo("20001");
      var sent = server.received().getFirst().json();
      assertThat(sent.at("/body/content/0/content/0/text").asText()).isEqualTo("Done.");
      assertThat(sent.at("/properties/0/value/key").asText()).isEqualTo("r1-7");
      assertThat(result(bench.probe("jira.add-comment", COMMENT)).path("id").asText())
          .isEqualTo("20001");
    }
  }

  @Test
  void whereTheListHidesPropertiesTheyAreAskedForById() {
    try (var server =
            StandIn.of(
                request ->
                    request.path().equals("/rest/api/3/comment/list")
                        ? Reply.json(
                            200,
                            """
                            {"values": [{"id": "20001", "properties": [
                              {"key": "signalbox", "value": {"key": "other"}}]}]}""")
                        : Reply.json(200, "{\"total\": 1, \"comments\": [{\"id\": \"20001\"}]}"));
        var bench = bench(server)) {
      assertThat(bench.probe("jira.add-comment", COMMENT)).isEqualTo(new Outcome.Absent());
      assertThat(server.received().get(1).json()).isEqualTo(json("{\"ids\": [20001]}"));
    }
  }

  @Test
  void anIssueMovesByTheNameOfTheStatusOrOfTheTransition() {
    for (var to : new String[] {"done", "Close it"}) {
      try (var server = StandIn.of(request -> board(request, "To Do"));
          var bench = bench(server)) {
        var moved = result(bench.call("jira.transition-issue", MOVE.replace("done", to)));
        assertThat(moved.path("status").asText()).isEqualTo("Done");
        assertThat(moved.path("alreadyThere").asBoolean()).isFalse();
        assertThat(server.received().getLast().json())
            .isEqualTo(json("{\"transition\": {\"id\": \"31\"}}"));
      }
    }
  }

  @Test
  void anIssueThatIsAlreadyThereStays() {
    try (var server = StandIn.of(request -> board(request, "Done"));
        var bench = bench(server)) {
      var moved = result(bench.call("jira.transition-issue", MOVE));
      assertThat(moved.path("alreadyThere").asBoolean()).isTrue();
      assertThat(server.received()).noneMatch(request -> request.method().equals("POST"));
    }
  }

  @Test
  void anImpossibleMoveSaysWhatIsPossible() {
    try (var server = StandIn.of(request -> board(request, "To Do"));
        var bench = bench(server)) {
      var failed = failure(bench.call("jira.transition-issue", MOVE.replace("done", "Elsewhere")));
      assertThat(failed.status()).isEqualTo(422);
      assertThat(failed.detail()).contains("'To Do'", "'Close it' to 'Done'");
    }
  }

  @Test
  void refusalsCarryJirasWords() {
    try (var server =
            StandIn.of(
                _ ->
                    Reply.json(
                        400,
                        """
                        {"errorMessages": ["Bad project."], "errors": {"summary": "Too long"}}"""));
        var bench = bench(server)) {
      assertThat(failure(bench.call("jira.create-issue", ISSUE)).detail())
          .contains("Bad project.", "Too long");
    }
  }

  @Test
  void withoutASiteTheToolSaysWhatToSet() {
    try (var bench = Workbench.with("jira.base-url = \"\"")) {
      assertThat(failure(bench.call("jira.create-issue", ISSUE)).detail())
          .contains("JIRA_BASE_URL");
    }
  }

  private static Reply search(Received request, String key) {
    if (request.path().equals("/rest/api/3/search/jql")) {
      return Reply.json(200, "{\"issues\": [{\"id\": \"10001\", \"key\": \"COMP-1\"}]}");
    }
    return request.path().equals("/rest/api/3/issue/10001/properties/signalbox")
        ? Reply.json(200, "{\"key\": \"signalbox\", \"value\": {\"key\": \"%s\"}}".formatted(key))
        : Reply.json(404, "{\"errorMessages\": [\"no\"]}");
  }

  private static Reply board(Received request, String status) {
    if (request.method().equals("POST")) {
      return Reply.of(204, "application/json", "");
    }
    return request.path().endsWith("/transitions")
        ? Reply.json(200, TRANSITIONS)
        : Reply.json(200, "{\"fields\": {\"status\": {\"name\": \"%s\"}}}".formatted(status));
  }

  private static Workbench bench(StandIn server) {
    return Workbench.with(
        "jira { base-url = \"%s/\", email = \"bot@acme\", token = ji, search-lag = 0s }"
            .formatted(server.url()));
  }
}
