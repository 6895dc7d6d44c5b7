package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of MCP clients that need a person, or long: asked about, put off, looked up, cancelled. */
class McpTasksJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static Outside outside;

  private final Client admin = GATEWAY.client();

  @BeforeAll
  static void serve() throws Exception {
    outside = Outside.open();
    outside.on("/delete", _ -> Said.json(200, "{\"deleted\": 3}")).silent("/slow");
    tool(GATEWAY.client(), "cleaner", "/delete", "approvers: ['role:officer']");
    tool(GATEWAY.client(), "slow", "/slow", "");
  }

  @AfterAll
  static void leave() {
    outside.close();
  }

  private static void tool(Client client, String name, String path, String more) throws Exception {
    client
        .put(
            "/v1/tools/" + name,
            """
            kind: http
            description: Deletes files
            risk: destructive
            config: {method: post, url: '%s'}
            %s
            """
                .formatted(outside.url() + path, more))
        .expect(201);
  }

  @Test
  void whoMayDecideIsAskedByTheClientAndTheDecisionCounts() throws Exception {
    int before = outside.received("/delete").size();
    McpClient mine = McpClient.open(admin, "2025-11-25", "{\"elicitation\": {}}");
    List<JsonNode> asked = new ArrayList<>();
    JsonNode done =
        mine.converse(
            "tools/call",
            "{name: cleaner, arguments: {files: 3}}",
            question -> {
              asked.add(question);
              assertThat(outside.received("/delete")).hasSize(before);
              return answer("accept", "approve");
            });
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().path("method").asText()).isEqualTo("elicitation/create");
    assertThat(asked.getFirst().at("/params/message").asText()).contains("cleaner", "files");
    assertThat(done.at("/result/structuredContent/deleted").asInt()).isEqualTo(3);
    assertThat(outside.received("/delete")).hasSize(before + 1);

    JsonNode no =
        mine.converse(
            "tools/call",
            "{name: cleaner, arguments: {files: 4}}",
            _ -> answer("accept", "reject"));
    assertThat(no.at("/result/isError").asBoolean()).as(no.toString()).isTrue();
    JsonNode later =
        mine.converse(
            "tools/call", "{name: cleaner, arguments: {files: 5}}", _ -> answer("decline", ""));
    assertThat(later.toString()).contains("waiting for approval");
    assertThat(outside.received("/delete")).hasSize(before + 1);
  }

  private static JsonNode answer(String action, String decision) {
    var answer = Json.object().put("action", action);
    answer.putObject("content").put("decision", decision).put("reason", "as I say");
    return answer;
  }

  @Test
  void theRequesterIsNeverAskedAndTheCallIsFoundAgain() throws Exception {
    Client cole = admin.keyFor("user:cole", "officer");
    McpClient client = McpClient.open(cole, "2025-11-25", "{\"elicitation\": {}}");
    JsonNode held =
        client.converse(
            "tools/call",
            "{name: cleaner, arguments: {files: 7}}",
            question -> {
              throw new AssertionError("asked the requester: " + question);
            });
    assertThat(held.at("/result/isError").asBoolean()).as(held.toString()).isTrue();
    String text = held.at("/result/content/0/text").asText();
    String id = text.replaceFirst("(?s).*waiting for approval (\\S+-\\d+).*", "$1");
    String task = held.at("/result/_meta/io.modelcontextprotocol~1related-task/taskId").asText();
    assertThat(id).startsWith(task);
    assertThat(
            client.ask("tasks/get", "{taskId: %s}".formatted(task)).at("/result/status").asText())
        .isEqualTo("working");
    admin
        .keyFor("user:olga", "officer")
        .post("/v1/approvals/" + id + "/decisions", "{decision: approve}")
        .expect(200);
    JsonNode result = client.ask("tasks/result", "{taskId: %s}".formatted(task));
    assertThat(result.at("/result/structuredContent/deleted").asInt())
        .as(result.toString())
        .isEqualTo(3);
  }

  @Test
  void aLongCallIsATaskOfItsOwnerAlone() throws Exception {
    Client tom = admin.keyFor("user:tom", "clerk");
    McpClient client = McpClient.open(tom);
    assertThat(client.ask("tools/list", "{}").at("/result/tools/0/execution/taskSupport").asText())
        .isEqualTo("optional");
    JsonNode made = client.ask("tools/call", "{name: slow, arguments: {}, task: {ttl: 60000}}");
    String task = made.at("/result/task/taskId").asText();
    assertThat(made.at("/result/task/status").asText()).as(made.toString()).isEqualTo("working");
    String one = "{taskId: %s}".formatted(task);
    McpClient other = McpClient.open(tom);
    assertThat(other.ask("tasks/get", one).at("/result/status").asText()).isEqualTo("working");
    Eventually.get(
        "the list has it",
        () -> other.names("tasks/list", "tasks", "taskId"),
        it -> it.contains(task));
    McpClient stranger = McpClient.open(admin.keyFor("user:eve", "clerk"));
    for (String method : List.of("tasks/get", "tasks/result", "tasks/cancel")) {
      assertThat(stranger.ask(method, one).at("/error/code").asInt()).isEqualTo(-32602);
    }
    assertThat(stranger.names("tasks/list", "tasks", "taskId")).doesNotContain(task);
    assertThat(client.ask("tasks/cancel", one).at("/result/status").asText())
        .isEqualTo("cancelled");
    Eventually.get(
        "it stays so",
        () -> client.ask("tasks/get", one).at("/result/status").asText(),
        it -> it.equals("cancelled"));
    assertThat(client.ask("tasks/cancel", one).at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void aTaskOutlivesTheServer() throws Exception {
    Path data = Folder.make("tasks");
    String[] line = {"--port", "0", "--db-url", LiveGateway.address(DATABASE)};
    String task;
    ServerProcess first = ServerProcess.start(data, line);
    try {
      Client client = first.ready();
      tool(client, "cleaner", "/delete", "approvers: ['role:officer']");
      JsonNode made =
          McpClient.open(client)
              .ask("tools/call", "{name: cleaner, arguments: {files: 9}, task: {}}");
      task = made.at("/result/task/taskId").asText();
      client.waiting(task, "approval");
    } finally {
      first.kill();
    }
    try (ServerProcess second = ServerProcess.start(data, line)) {
      Client client = second.ready();
      String id = client.waiting(task, "approval").at("/waitingFor/0/id").asText();
      client
          .keyFor("user:olga", "officer")
          .post("/v1/approvals/" + id + "/decisions", "{decision: approve}")
          .expect(200);
      McpClient again = McpClient.open(client);
      JsonNode result = again.ask("tasks/result", "{taskId: %s}".formatted(task));
      assertThat(result.at("/result/structuredContent/deleted").asInt())
          .as(result.toString())
          .isEqualTo(3);
      assertThat(
              again.ask("tasks/get", "{taskId: %s}".formatted(task)).at("/result/status").asText())
          .isEqualTo("completed");
    }
    Folder.delete(data);
  }
}
