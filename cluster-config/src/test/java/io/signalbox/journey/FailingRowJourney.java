package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One run's row cannot be written, which fails the whole batch it is in; the others go on. */
class FailingRowJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
  private static final int HEALTHY = 200;

  private final Client client = GATEWAY.client();

  @Test
  void twoHundredRunsGoOnBesideOneThatCannotBeWritten() throws Exception {
    client.deploy(
        "crowd",
        """
        do:
          - hold: {listen: {to: {one: {with: {type: journey.crowd}}}}}
          - rest: {wait: {milliseconds: 200}}
          - done: {set: {done: true}}
        """);
    List<String> healthy = IntStream.range(0, HEALTHY).mapToObj(i -> "healthy-" + i).toList();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<String>> started =
          healthy.stream()
              .map(id -> callers.submit(() -> client.start("crowd", "id: " + id)))
              .toList();
      for (Future<String> it : started) {
        it.get(60, TimeUnit.SECONDS);
      }
    }
    client.start("crowd", "id: unlucky");
    for (String run : healthy) {
      client.waiting(run, "event");
    }
    client.waiting("unlucky", "event");
    change(
        """
        create function no_row() returns trigger language plpgsql as $$
        begin raise exception 'this row cannot be written'; end $$;
        create trigger no_row before insert on event_journal for each row
        when (new.persistence_id = 'run|default|unlucky') execute function no_row()
        """);
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"/j\",\"type\":\"journey.crowd\"}",
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
    long delivered = System.nanoTime();
    for (String run : healthy) {
      assertThat(client.completed(run).at("/output/done").asBoolean()).isTrue();
      assertThat(client.tasks(run, "event.received")).hasSize(1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - delivered)).isLessThan(Duration.ofSeconds(30));
    assertThat(client.types("unlucky")).doesNotContain("event.received");
    change("drop trigger no_row on event_journal; drop function no_row()");
    assertThat(client.completed("unlucky").at("/output/done").asBoolean()).isTrue();
    Chain.isWhole(GATEWAY.database(), "unlucky");
    Chain.isWhole(GATEWAY.database(), healthy.getFirst());
  }

  private static void change(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
