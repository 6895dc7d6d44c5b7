package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Json;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows started by time: by the newest version alone, and also after the server was down. */
class SchedulesJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final Client client = GATEWAY.client();

  private static List<JsonNode> runs(Client client, String workflow) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    client.get("/v1/runs?workflow=" + workflow).json().path("items").forEach(found::add);
    return found;
  }

  private static JsonNode schedule(Client client, String workflow) throws Exception {
    for (JsonNode it : client.get("/v1/schedules?limit=500").expect(200).json().path("items")) {
      if (it.at("/workflow/name").asText().equals(workflow)) {
        return it;
      }
    }
    return Json.object();
  }

  private static void deploy(Client client, String name, String version, String more)
      throws Exception {
    client
        .send(
            "POST",
            "/v1/workflows",
            "document: {dsl: '1.0.3', namespace: journey, name: %s, version: %s}\n%s"
                .formatted(name, version, more),
            "Content-Type",
            "application/yaml")
        .expect(201);
  }

  private static void due(TestDatabase database, String workflow, String before)
      throws SQLException {
    try (var connection = database.database().pool().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "update schedule set next_at = now() - interval '%s' where name = '%s'"
                      .formatted(before, workflow)))
          .isEqualTo(1);
    }
  }

  @Test
  void everySoOftenARunIsStartedAndToldByWhat() throws Exception {
    deploy(client, "often", "1.0.0", "schedule: {every: PT1S}\ndo: [{a: {set: {b: 1}}}]");
    List<JsonNode> found =
        Eventually.get("three runs", () -> runs(client, "often"), it -> it.size() >= 3);
    JsonNode run = client.completed(found.getFirst().path("id").asText());
    assertThat(run.at("/labels/schedule").asText()).isEqualTo("every");
    assertThat(found.stream().map(it -> it.at("/labels/due").asText()).distinct())
        .hasSameSizeAs(found);
    JsonNode told = schedule(client, "often");
    assertThat(told.path("kind").asText()).isEqualTo("every");
    assertThat(told.path("expression").asText()).isEqualTo("PT1S");
    assertThat(told.path("lastRun").asText()).startsWith("at-");
    // a version without a schedule ends it, and taking that version back brings it back
    deploy(client, "often", "2.0.0", "do: [{a: {set: {b: 1}}}]");
    assertThat(schedule(client, "often").isEmpty()).isTrue();
    client.send("DELETE", "/v1/workflows/journey/often/2.0.0", "").expect(204);
    assertThat(schedule(client, "often").at("/workflow/version").asText()).isEqualTo("1.0.0");
    deploy(client, "often", "3.0.0", "schedule: {cron: '0 0 1 1 *'}\ndo: [{a: {set: {b: 1}}}]");
    assertThat(schedule(client, "often").path("nextAt").asText()).endsWith("-01-01T00:00:00Z");
  }

  @Test
  void howeverManyMomentsHavePassedItIsFiredOnce() throws Exception {
    deploy(client, "yearly", "1.0.0", "schedule: {cron: '0 0 1 1 *'}\ndo: [{a: {set: {b: 1}}}]");
    due(GATEWAY.database(), "yearly", "3 years");
    JsonNode told =
        Eventually.get("it is fired", () -> schedule(client, "yearly"), it -> it.has("lastRun"));
    client.completed(told.path("lastRun").asText());
    assertThat(Instant.parse(told.path("nextAt").asText())).isAfter(Instant.now());
    Eventually.get("it is listed", () -> runs(client, "yearly"), it -> it.size() == 1);
  }

  @Test
  void theNextRunWaitsForTheEndOfTheOneBefore() throws Exception {
    deploy(
        client,
        "chained",
        "1.0.0",
        "schedule: {after: {milliseconds: 300}}\ndo: [{a: {wait: {milliseconds: 700}}}]");
    List<JsonNode> found =
        Eventually.get("three runs", () -> runs(client, "chained"), it -> it.size() >= 3);
    for (int newer = 0; newer < 2; newer++) {
      Instant ended =
          Instant.parse(
              client.completed(found.get(newer + 1).path("id").asText()).path("endedAt").asText());
      assertThat(Instant.parse(found.get(newer).path("startedAt").asText()))
          .isAfterOrEqualTo(ended.plusMillis(300));
    }
    client.send("DELETE", "/v1/workflows/journey/chained/1.0.0", "");
  }

  @Test
  void aScheduleOutlivesTheServer() throws Exception {
    Path data = Folder.make("schedules");
    String[] arguments = {"--port", "0", "--db-url", LiveGateway.address(DATABASE)};
    ServerProcess first = ServerProcess.start(data, arguments);
    try {
      Client before = first.ready();
      deploy(
          before, "outlives", "1.0.0", "schedule: {cron: '0 0 1 1 *'}\ndo: [{a: {set: {b: 1}}}]");
    } finally {
      first.kill();
    }
    due(DATABASE, "outlives", "1 hour");
    try (ServerProcess second = ServerProcess.start(data, arguments)) {
      Client after = second.ready();
      JsonNode told =
          Eventually.get("it is fired", () -> schedule(after, "outlives"), it -> it.has("lastRun"));
      after.completed(told.path("lastRun").asText());
      Eventually.get("it is listed", () -> runs(after, "outlives"), it -> it.size() == 1);
    }
    Folder.delete(data);
  }
}
