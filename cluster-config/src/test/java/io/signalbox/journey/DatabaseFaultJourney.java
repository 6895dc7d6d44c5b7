package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.boot.Gateway;
import io.signalbox.boot.postgres.EmbeddedPostgres;
import io.signalbox.boot.postgres.Pause;
import io.signalbox.boot.postgres.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database is away at the start, and dies under load; nothing acknowledged is lost. */
class DatabaseFaultJourney {
  private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("journey.outage", 8));
  private static final int CALLERS = 6;

  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final List<String> odd = java.util.Collections.synchronizedList(new ArrayList<>());
  private Path data = Path.of("unset");

  @BeforeEach
  void folder() throws Exception {
    data = Folder.make("away");
  }

  @AfterEach
  void clean() throws Exception {
    Folder.delete(data);
  }

  @Test
  void awayAtTheStartThenThereThenKilledUnderLoad() throws Exception {
    Running away = EmbeddedPostgres.start(data);
    away.close();
    String url = away.url() + "?user=" + away.user() + "&password=" + away.password();
    try (Gateway gateway = LiveGateway.start(data, url, "")) {
      Client client = new Client(gateway.address(), LiveGateway.key(data));
      client.get("/health/live").expect(200);
      assertThat(client.get("/health/ready").expect(503).json().path("status").asText())
          .isEqualTo("down");
      assertThat(client.get("/v1/runs").expect(503).header("Retry-After")).isNotEmpty();
      Running database = EmbeddedPostgres.start(data);
      gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      client.get("/health/ready").expect(200);
      client.deploy("steady", "do: [{a: {set: {n: '${ .n }'}}}, {b: {wait: {milliseconds: 500}}}]");
      AtomicBoolean enough = new AtomicBoolean();
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> calling = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          int caller = i;
          calling.add(callers.submit((Callable<Void>) () -> load(client, caller, enough)));
        }
        acknowledged(20);
        database.release();
        ProcessHandle.of(database.pid()).orElseThrow().destroyForcibly();
        ready(client, 503);
        long refusedBefore = count(503);
        Pause.of(OUTAGE);
        assertThat(count(503)).as("requests turned away").isGreaterThan(refusedBefore);
        try (Running _ = EmbeddedPostgres.start(data)) {
          ready(client, 200);
          acknowledged((int) count(201) + 20);
          enough.set(true);
          for (Future<?> it : calling) {
            it.get(60, TimeUnit.SECONDS);
          }
          assertThat(odd).isEmpty();
          for (Map.Entry<String, Integer> answer : answers.entrySet()) {
            if (answer.getValue() == 201) {
              client.completed(answer.getKey());
            }
          }
        }
      } finally {
        enough.set(true);
      }
    }
  }

  /** Starts runs one after the other, each under an id of its own. */
  private Void load(Client client, int caller, AtomicBoolean enough) throws Exception {
    for (int i = 0; !enough.get() && i < 5_000; i++) {
      String id = "load-" + caller + "-" + i;
      Client.Reply reply = client.begin("steady", "id: " + id + "\ninput: {n: 1}");
      answers.put(id, reply.status());
      boolean busy = reply.status() == 503 && !reply.header("Retry-After").isEmpty();
      if (reply.status() != 201 && !busy) {
        odd.add(reply.status() + " " + reply.response().body());
      }
      Pause.of(Duration.ofMillis(reply.status() == 201 ? 20 : 100));
    }
    return null;
  }

  private void acknowledged(int wanted) throws Exception {
    Eventually.get(wanted + " runs acknowledged", () -> count(201), n -> n >= wanted);
  }

  private long count(int status) {
    return answers.values().stream().filter(it -> it == status).count();
  }

  private static void ready(Client client, int status) throws Exception {
    Eventually.get(
        "readiness is " + status,
        () -> client.get("/health/ready").status(),
        seen -> seen == status);
  }
}
