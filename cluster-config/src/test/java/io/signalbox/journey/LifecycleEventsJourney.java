package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.Gateway;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Received;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to runs is told to sinks: in order, again where it was not taken, never lost. */
class LifecycleEventsJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String PREFIX = "io.serverlessworkflow.";

  private static List<JsonNode> told(Outside sink, String path) throws Exception {
    List<JsonNode> events = new java.util.ArrayList<>();
    for (Received it : sink.received(path)) {
      events.add(Json.MAPPER.readTree(it.body()));
    }
    return events;
  }

  @Test
  void sinksAreToldInOrderAndAgainUntilTheyTakeIt() throws Exception {
    Path data = Folder.make("lifecycle");
    AtomicInteger calls = new AtomicInteger();
    try (Outside sink = Outside.open()) {
      sink.on("/all", _ -> Said.json(calls.incrementAndGet() <= 2 ? 503 : 202, "{}"));
      sink.on("/few", _ -> Said.json(200, ""));
      sink.on("/never", _ -> Said.json(400, "{}"));
      String settings =
          """
          signalbox.runtime.lifecycle-events {
            sinks = [
              { name = all, endpoint = "%1$s/all", retry-shortest = 50ms }
              { name = few, endpoint = "%1$s/few", mode = binary, types = ["workflow.*"]
                headers { Authorization = "Bearer x" } }
              { name = never, endpoint = "%1$s/never", types = ["workflow.started"] }
            ]
            interval = 50ms
          }
          """
              .formatted(sink.url());
      try (Gateway gateway = LiveGateway.start(data, LiveGateway.address(DATABASE), settings)) {
        gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Client client = new Client(gateway.address(), LiveGateway.key(data));
        client.deploy(
            "told",
            "do: [{a: {set: {n: 1}}}, {b: {raise: {error: {type: 'https://e.com/x', status: 500}}}}]");
        // what happened before a sink was there is not its business
        Eventually.get(
            "the sinks are held",
            () -> count("select count(*) from lifecycle_sink where held_until is not null"),
            it -> it == 3);
        String run = client.start("told", "id: told-1");
        client.ended(run);
        List<JsonNode> all =
            Eventually.get(
                "all is told",
                () -> told(sink, "/all"),
                it -> it.toString().contains("workflow.faulted"));
        List<String> types =
            all.stream()
                .skip(2)
                .map(it -> it.path("type").asText().substring(PREFIX.length()))
                .filter(it -> !it.contains("status-changed"))
                .toList();
        assertThat(types)
            .startsWith(
                "workflow.started.v1",
                "task.created.v1",
                "task.started.v1",
                "task.completed.v1",
                "task.created.v1",
                "task.started.v1",
                "task.faulted.v1",
                "workflow.faulted.v1");
        assertThat(all.getFirst()).isEqualTo(all.get(1)).isEqualTo(all.get(2));
        JsonNode started = all.getFirst();
        assertThat(started.path("id").asText()).isEqualTo("told-1-1");
        assertThat(started.path("source").asText()).isEqualTo("urn:signalbox/default");
        assertThat(started.at("/data/name").asText()).isEqualTo("told-told-1.journey");
        assertThat(started.at("/data/definition/version").asText()).isEqualTo("1.0.0");
        Received few =
            Eventually.get("few are told", () -> sink.received("/few"), it -> it.size() >= 2)
                .getFirst();
        assertThat(few.header("ce-type")).contains(PREFIX + "workflow.started.v1");
        assertThat(few.header("ce-id")).contains("told-1-1");
        assertThat(few.header("Authorization")).contains("Bearer x");
        assertThat(Json.MAPPER.readTree(few.body()).has("startedAt")).isTrue();
        Eventually.get(
            "what is never taken is kept",
            () ->
                count(
                    "select count(*) from lifecycle_dead_letter"
                        + " where sink = 'never' and why like '%400%'"),
            it -> it == 1);
      }
    }
    Folder.delete(data);
  }

  private static int count(String sql) throws Exception {
    try (var connection = DATABASE.database().pool().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
