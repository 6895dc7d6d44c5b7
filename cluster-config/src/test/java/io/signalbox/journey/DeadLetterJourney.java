package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A delivery that fails again and again is given up, seen, and sent again. */
class DeadLetterJourney {
  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.events {
            delivery-patience = 500 ms, look-interval = 200 ms
            retry-shortest = 200 ms, retry-longest = 400 ms, attempts = 3
            remember = 2 s, trim-interval = 500 ms
          }
          """);

  private final Client client = GATEWAY.client();
  private final Publisher publisher = new Publisher(client);

  private static void change(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private JsonNode deadLetters(int wanted) throws Exception {
    return Eventually.get(
            wanted + " dead letters",
            () -> client.get("/v1/dead-letters").expect(200).json(),
            it -> it.path("items").size() == wanted)
        .path("items");
  }

  @Test
  void aDeliveryGivenUpIsSentAgain() throws Exception {
    client.deploy("stuck", "do: [{hold: {listen: {to: {one: {with: {type: dead.go}}}}}}]");
    client.start("stuck", "id: stuck");
    client.waiting("stuck", "event");
    change(
        """
        create function no_row() returns trigger language plpgsql as $$
        begin raise exception 'this row cannot be written'; end $$;
        create trigger no_row before insert on event_journal for each row
        when (new.persistence_id = 'run|default|stuck') execute function no_row()
        """);
    publisher.publish("go", "dead.go", "{n: 1}");
    JsonNode letter = deadLetters(1).path(0);
    assertThat(letter.path("kind").asText()).isEqualTo("event");
    assertThat(letter.path("run").asText()).isEqualTo("stuck");
    assertThat(letter.path("attempts").asInt()).isEqualTo(3);
    assertThat(letter.at("/body/data/n").asInt()).isEqualTo(1);
    assertThat(letter.path("reason").asText()).isNotEmpty();
    change("drop trigger no_row on event_journal; drop function no_row()");
    // the run is back once its journal takes rows again, which it tries less and less often
    Eventually.get("the run answers", () -> client.get("/v1/runs/stuck").status(), it -> it == 200);
    String resend = "/v1/dead-letters/" + letter.path("id").asText() + "/resend";
    client.post(resend, "{}").expect(202);
    assertThat(client.completed("stuck").path("output")).isEqualTo(Client.yaml("[{n: 1}]"));
    client.post(resend, "{}").problem(404);
    deadLetters(0);
  }

  @Test
  void whatIsRememberedLongEnoughActsAgain() throws Exception {
    assertThat(publisher.publish("known", "dead.other", "1")).isEqualTo(1);
    assertThat(publisher.publish("known", "dead.other", "1")).isZero();
    Eventually.get(
        "it is forgotten", () -> publisher.publish("known", "dead.other", "1"), it -> it == 1);
  }
}
