package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
    List<String> healthy = new ArrayList<>();
    for (int i = 0; i < HEALTHY; i++) {
      healthy.add(client.start("crowd", ""));
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
    for (String run : healthy) {
      assertThat(client.completed(run).at("/output/done").asBoolean()).isTrue();
      assertThat(client.tasks(run, "event.received")).hasSize(1);
    }
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
