package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server is killed while it undoes what a run did, and goes on with the right one. */
class SagaJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static ServerProcess server(Path data) throws Exception {
    return ServerProcess.start(data, "--port", "0", "--db-url", LiveGateway.address(DATABASE));
  }

  private static String booking(String name, Outside outside) {
    return """
      - %1$s:
          set: {id: %1$s}
          metadata:
            signalbox:
              labels: {booked: '${ .id }'}
              compensate:
                - undo-%1$s: {call: http, with: {method: delete, endpoint: '%2$s/undo/{id}'}}
    """
        .formatted(name, outside.url());
  }

  @Test
  void whatIsUndoneStaysUndoneAndWhatWasUnderWayGoesOn() throws Exception {
    Path data = Folder.make("saga");
    try (Outside outside = Outside.open()) {
      outside.on("/undo/hotel", _ -> Said.json(200, "{}"));
      outside.silent("/undo/flight");
      outside.on("/undo/car", _ -> Said.json(200, "{}"));
      ServerProcess first = server(data);
      try {
        Client client = first.ready();
        client.deploy(
            "trip",
            "do:\n"
                + booking("car", outside)
                + booking("flight", outside)
                + booking("hotel", outside)
                + "  - fail: {raise: {error: {type: 'https://e.example/full', status: 409, title: Full}}}\n");
        client.start("trip", "id: trip");
        Eventually.get(
            "the second compensation is under way",
            () -> outside.received("/undo/flight").size(),
            calls -> calls == 1);
        assertThat(client.run("trip").path("status").asText()).isEqualTo("running");
        assertThat(client.run("trip").at("/compensation/open").asInt()).isEqualTo(2);
        Eventually.get(
            "the label is found",
            () -> client.get("/v1/runs?label=booked=hotel").json().path("items"),
            items -> items.size() == 1);
      } finally {
        first.kill();
      }
      outside.on("/undo/flight", _ -> Said.json(200, "{}"));
      try (ServerProcess second = server(data)) {
        Client client = second.ready();
        JsonNode run = client.ended("trip");
        assertThat(run.path("status").asText()).isEqualTo("faulted");
        assertThat(run.at("/error/status").asInt()).isEqualTo(409);
        assertThat(run.at("/compensation/completed").asInt()).isEqualTo(3);
        assertThat(outside.received("/undo/hotel")).hasSize(1);
        assertThat(outside.received("/undo/flight")).hasSize(2);
        assertThat(outside.received("/undo/car")).hasSize(1);
        assertThat(client.tasks("trip", "compensation.started"))
            .containsExactly(
                "/do/2/hotel/metadata/signalbox/compensate",
                "/do/1/flight/metadata/signalbox/compensate",
                "/do/0/car/metadata/signalbox/compensate");
        Chain.isWhole(DATABASE, "trip");
      }
    }
    Folder.delete(data);
  }
}
