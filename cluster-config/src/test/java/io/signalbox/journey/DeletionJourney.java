package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.runtime.view.ChainCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ended runs are deleted, by hand or in time, and what is left says so. */
class DeletionJourney {
  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.retention {
            namespaces { brief { completed = 1 s } }
            check-every = 1 s
            batch = 3
          }
          """);

  private final Client client = GATEWAY.client();

  private static long count(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static List<ChainCheck.Row> rows(String run) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        PreparedStatement statement =
            connection.prepareStatement(
                "select sequence_number, event_payload from event_journal"
                    + " where persistence_id = ? order by sequence_number")) {
      statement.setString(1, "run|default|" + run);
      List<ChainCheck.Row> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(new ChainCheck.Row(found.getLong(1), found.getBytes(2)));
        }
      }
      return rows;
    }
  }

  @Test
  void anEndedRunIsDeletedAndOneRowSaysByWhomAndWhy() throws Exception {
    client.deploy(
        "mortal",
        """
        do:
          - hold: {listen: {to: {one: {with: {type: journey.mortal}}}}}
          - pass: {call: tool, with: {tool: echo, arguments: '${ $workflow.input }'}}
        """);
    ObjectNode order = Json.object().put("id", "mortal-1");
    order.putObject("workflow").put("namespace", "journey").put("name", "mortal");
    order.putObject("input").put("text", "x".repeat(100_000));
    client
        .send("POST", "/v1/runs", order.toString(), "Content-Type", "application/json")
        .expect(201);
    client.waiting("mortal-1", "event");
    client.send("DELETE", "/v1/runs/mortal-1", "").problem(409);
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"m\",\"source\":\"/j\",\"type\":\"journey.mortal\"}",
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
    client.completed("mortal-1");
    Eventually.get(
        "the value is referred to",
        () -> count("blob_reference where persistence_id = 'run|default|mortal-1'"),
        found -> found == 1);
    int turns = rows("mortal-1").size();
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into pseudonym (tenant, run, pseudonym, kind, digest, value)"
              + " values ('default', 'mortal-1', '[EMAIL_1]', 'email', '\\x00', 'a@example.com')");
    }
    client.keyFor("user:bob", "officer").send("DELETE", "/v1/runs/mortal-1", "").problem(403);

    client.send("DELETE", "/v1/runs/mortal-1?reason=asked+to", "").expect(204);

    client.get("/v1/runs/mortal-1").problem(404);
    client.get("/v1/runs/mortal-1/history").problem(404);
    client.send("DELETE", "/v1/runs/mortal-1", "").problem(404);
    client
        .send("POST", "/v1/runs", order.toString(), "Content-Type", "application/json")
        .problem(409);
    Eventually.get("its rows go", () -> rows("mortal-1").size(), left -> left == 1);
    assertThat(ChainCheck.check(rows("mortal-1"), Optional.of(head("mortal-1"))))
        .isInstanceOfSatisfying(
            ChainCheck.Result.Deleted.class,
            told -> {
              assertThat(told.rows()).isEqualTo(turns);
              assertThat(told.by()).isEqualTo("user:admin");
              assertThat(told.reason()).contains("asked to");
            });
    assertThat(count("run_view where id = 'mortal-1'")).isZero();
    assertThat(count("snapshot where persistence_id = 'run|default|mortal-1'")).isZero();
    assertThat(count("blob_reference where persistence_id = 'run|default|mortal-1'")).isZero();
    assertThat(count("pseudonym where run = 'mortal-1'")).isZero();
    assertThat(count("wake where entity_id = 'default|mortal-1'")).isZero();
    assertThat(
            count(
                "tombstone where run = 'mortal-1' and status = 'completed' and turns = "
                    + turns
                    + " and deleted_by = 'user:admin' and ended_at is not null"))
        .isEqualTo(1);
    assertThat(client.get("/v1/runs?workflow=mortal").json().path("items")).isEmpty();
  }

  private static String head(String run) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select digest from entity_head where persistence_id = 'run|default|"
                    + run
                    + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void aRunThatNobodyKnowsCannotBeDeleted() throws Exception {
    client.send("DELETE", "/v1/runs/nobody-knows", "").problem(404);
  }

  @Test
  void endedRunsGoWhenTheirTimeIsOverAndOthersStay() throws Exception {
    brief("ended", "do: [{pass: {set: {a: 1}}}]");
    brief(
        "failing",
        "do: [{fail: {raise: {error: {type: 'https://example.com/no', status: 500, title: No}}}}]");
    brief("waiting", "do: [{hold: {wait: {hours: 1}}}]");
    client.deploy("lasting", "do: [{pass: {set: {a: 1}}}]");
    for (int i = 0; i < 7; i++) {
      begin("brief", "ended", "brief-" + i);
    }
    begin("brief", "failing", "brief-failed");
    begin("brief", "waiting", "brief-waiting");
    client.start("lasting", "id: lasting-1");
    Eventually.get(
        "all seven go",
        () -> count("tombstone where run like 'brief-%' and purged"),
        gone -> gone == 7);
    for (int i = 0; i < 7; i++) {
      client.get("/v1/runs/brief-" + i).problem(404);
      assertThat(rows("brief-" + i)).hasSize(1);
    }
    assertThat(client.run("brief-failed").path("status").asText()).isEqualTo("faulted");
    assertThat(client.run("brief-waiting").path("status").asText()).isEqualTo("waiting");
    assertThat(client.run("lasting-1").path("status").asText()).isEqualTo("completed");
    assertThat(
            count(
                "tombstone where run = 'brief-0' and deleted_by = 'system:retention'"
                    + " and reason like 'completed runs of brief%'"))
        .isEqualTo(1);
  }

  private void brief(String name, String tasks) throws Exception {
    client
        .send(
            "POST",
            "/v1/workflows",
            "document: {dsl: '1.0.3', namespace: brief, name: "
                + name
                + ", version: '1.0.0'}\n"
                + tasks,
            "Content-Type",
            "application/yaml")
        .expect(201);
  }

  private void begin(String namespace, String name, String id) throws Exception {
    JsonNode run =
        client
            .post(
                "/v1/runs",
                "{workflow: {namespace: %s, name: %s}, id: %s}".formatted(namespace, name, id))
            .expect(201)
            .json();
    assertThat(run.path("id").asText()).isEqualTo(id);
  }
}
