package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run is steered, watched and started from outside. */
class SteeringJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private String verb(String run, String verb) {
    return "/v1/runs/" + run + "/" + verb;
  }

  @Test
  void aSuspendedRunStaysUntilItIsResumed() throws Exception {
    client.deploy(
        "pausable",
        """
        do:
          - hold: {listen: {to: {one: {with: {type: journey.go}}}}}
          - done: {set: {done: true}}
        """);
    String run = client.start("pausable", "");
    client.waiting(run, "event");
    client.post(verb(run, "suspend"), "{reason: lunch}").expect(202);
    assertThat(client.run(run).path("status").asText()).isEqualTo("suspended");
    client.post(verb(run, "suspend"), "{}").problem(409);
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"go\",\"source\":\"/j\",\"type\":\"journey.go\"}",
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
    Eventually.get(
        "what arrives is recorded",
        () -> client.types(run),
        types -> types.contains("event.received"));
    assertThat(client.run(run).path("status").asText()).isEqualTo("suspended");
    client.post(verb(run, "resume"), "{}").expect(202);
    assertThat(client.completed(run).at("/output/done").asBoolean()).isTrue();
    assertThat(client.types(run)).contains("workflow.suspended", "workflow.resumed");
    client.post(verb(run, "resume"), "{}").problem(409);
  }

  @Test
  void aCancelledRunEnds() throws Exception {
    client.deploy("endless", "do: [{rest: {wait: {hours: 1}}}]");
    String run = client.start("endless", "");
    client.waiting(run, "timer");
    client.post(verb(run, "cancel"), "{reason: enough}").expect(202);
    assertThat(client.ended(run).path("status").asText()).isEqualTo("cancelled");
    assertThat(client.types(run)).endsWith("workflow.cancelled");
    client.post(verb(run, "cancel"), "{}").problem(409);
  }

  @Test
  void aHistoryIsStreamedFromTheBeginningToTheEndAndFromWhereItBroke() throws Exception {
    client.deploy(
        "streamed",
        """
        do:
          - one: {set: {n: 1}}
          - rest: {wait: {milliseconds: 700}}
          - two: {set: {n: 2}}
        """);
    String run = client.start("streamed", "");
    List<JsonNode> live = stream(run);
    List<JsonNode> told = client.history(run);
    assertThat(live).isEqualTo(told);
    assertThat(live.getFirst().path("type").asText()).isEqualTo("workflow.started");
    assertThat(live.getLast().path("type").asText()).isEqualTo("workflow.completed");
    assertThat(stream(run)).isEqualTo(told);
    String middle = told.get(2).path("seq").asText();
    assertThat(stream(run, "Last-Event-ID", middle)).isEqualTo(told.subList(3, told.size()));
    String last = told.getLast().path("seq").asText();
    assertThat(stream(run, "Last-Event-ID", last)).isEmpty();
  }

  /** Reads the stream to its end, which comes when the run has ended. */
  private List<JsonNode> stream(String run, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of("Accept", "text/event-stream"));
    all.addAll(List.of(headers));
    Client.Reply reply =
        client.get("/v1/runs/" + run + "/history", all.toArray(String[]::new)).expect(200);
    List<JsonNode> events = new ArrayList<>();
    String id = "";
    for (String line : reply.response().body().lines().toList()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        events.add(Json.MAPPER.readTree(line.substring(6)));
        assertThat(events.getLast().path("seq").asText()).isEqualTo(id);
      }
    }
    return events;
  }

  @Test
  void theSameIdempotencyKeyStartsOneRun() throws Exception {
    client.deploy("once", "do: [{note: {set: {n: '${ .n }'}}}]");
    String[] key = {"Idempotency-Key", "order-17"};
    JsonNode first = client.begin("once", "input: {n: 1}", key).expect(201).json();
    JsonNode second = client.begin("once", "input: {n: 1}", key).expect(201).json();
    assertThat(second.path("id")).isEqualTo(first.path("id"));
    client.begin("once", "input: {n: 2}", key).problem(422);
    client.completed(first.path("id").asText());
    Eventually.get(
        "the list has it",
        () -> client.get("/v1/runs?workflow=once").json().path("items"),
        items -> items.size() == 1);
  }

  @Test
  void anIdThatIsTakenIs409() throws Exception {
    client.deploy("named", "do: [{note: {set: {n: 1}}}]");
    client.begin("named", "id: by-name").expect(201);
    client.begin("named", "id: by-name").problem(409);
    client.completed("by-name");
  }
}
