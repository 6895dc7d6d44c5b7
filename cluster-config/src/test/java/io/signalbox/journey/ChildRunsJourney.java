package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs below runs keep together, also when the server is killed between them. */
class ChildRunsJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static ServerProcess server(Path data) throws Exception {
    return ServerProcess.start(data, "--port", "0", "--db-url", LiveGateway.address(DATABASE));
  }

  private static List<JsonNode> children(Client client, String parent) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    client
        .get("/v1/runs?label=parent%3D" + parent)
        .expect(200)
        .json()
        .path("items")
        .forEach(found::add);
    return found;
  }

  private static JsonNode child(Client client, String parent) throws Exception {
    String id =
        Eventually.get("a child", () -> children(client, parent), it -> !it.isEmpty())
            .getFirst()
            .path("id")
            .asText();
    return client.run(id);
  }

  private static void publish(Client client, String id, String type) throws Exception {
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/j\",\"type\":\"%s\",\"data\":{\"n\":1}}"
                .formatted(id, type),
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
  }

  @Test
  void parentsAndChildrenFindEachOtherAgainAfterACrashAndEndTogether() throws Exception {
    Path data = Folder.make("children");
    ServerProcess first = server(data);
    String waiting;
    String given;
    try {
      Client client = first.ready();
      client.deploy("child", "do: [{hear: {listen: {to: {one: {with: {type: child.go}}}}}}]");
      client.deploy(
          "parent",
          """
          do:
            - ask: {run: {workflow: {namespace: journey, name: child, version: latest}}}
            - told: {set: {got: '${ if type == "array" then .[0].n else .n end }'}}
          """);
      waiting = client.start("parent", "id: waiting");
      given = client.start("parent", "id: given-up");
      JsonNode child = child(client, waiting);
      assertThat(child.at("/parent/run").asText()).isEqualTo(waiting);
      assertThat(child.at("/parent/task").asText()).isEqualTo("/do/0/ask");
      assertThat(client.waiting(waiting, "run").at("/waitingFor/0/id").asText())
          .isEqualTo(child.path("id").asText());
      client.waiting(child.path("id").asText(), "event");
      client.waiting(child(client, given).path("id").asText(), "event");
      client.post("/v1/runs/" + given + "/cancel", "{reason: enough}").expect(202);
    } finally {
      first.kill();
    }
    try (ServerProcess second = server(data)) {
      Client client = second.ready();
      JsonNode cancelled = client.ended(child(client, given).path("id").asText());
      assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
      String child = child(client, waiting).path("id").asText();
      client.waiting(child, "event");
      publish(client, "go-1", "child.go");
      client.completed(child);
      assertThat(client.completed(waiting).at("/output/got").asInt()).isEqualTo(1);
      assertThat(children(client, waiting)).hasSize(1);
      assertThat(client.types(waiting))
          .containsSubsequence("run.requested", "run.started", "run.returned");
    }
    Folder.delete(data);
  }
}
