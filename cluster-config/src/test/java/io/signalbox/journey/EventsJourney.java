package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events reach who waits for them and start who is scheduled on them, each once. */
class EventsJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private Client.Reply publish(String id, String type, String data) throws Exception {
    JsonNode event =
        Client.yaml(
            "{specversion: '1.0', id: %s, source: /journey, type: %s, data: %s}"
                .formatted(id, type, data));
    return client.send(
        "POST", "/v1/events", event.toString(), "Content-Type", "application/cloudevents+json");
  }

  private List<JsonNode> runs(String workflow) throws Exception {
    List<JsonNode> found = new java.util.ArrayList<>();
    client.get("/v1/runs?workflow=" + workflow).json().path("items").forEach(found::add);
    return found;
  }

  @Test
  void anEventCompletesTheRunThatListensAndActsOnce() throws Exception {
    client.deploy(
        "listener",
        """
        do:
          - first: {listen: {to: {one: {with: {type: journey.first}}}}}
          - second: {listen: {to: {one: {with: {type: journey.second}}}}}
        """);
    String run = client.start("listener", "");
    client.waiting(run, "event");
    assertThat(publish("e1", "journey.first", "{n: 1}").expect(202).json().path("fresh").asInt())
        .isEqualTo(1);
    Eventually.get(
        "the second is waited for",
        () -> client.run(run),
        it ->
            it.path("currentTasks").toString().contains("second")
                && it.path("waitingFor").findValuesAsText("kind").contains("event"));
    assertThat(publish("e1", "journey.first", "{n: 1}").expect(202).json().path("fresh").asInt())
        .isZero();
    // the same source and id, whatever its type, is the same event
    publish("e1", "journey.second", "{n: 1}").expect(202);
    publish("e2", "journey.second", "{n: 2}").expect(202);
    JsonNode ended = client.completed(run);
    assertThat(ended.path("output").toString()).contains("\"n\":2");
    assertThat(client.tasks(run, "event.received")).containsExactly("/do/0/first", "/do/1/second");
  }

  @Test
  void aScheduledWorkflowStartsOncePerEvent() throws Exception {
    client.deploy(
        "scheduled",
        """
        schedule: {on: {one: {with: {type: journey.tick}}}}
        do:
          - keep: {set: {n: '${ .[0].data.n }'}}
        """);
    for (int i = 1; i <= 3; i++) {
      publish("tick-" + i, "journey.tick", "{n: " + i + "}").expect(202);
      publish("tick-" + i, "journey.tick", "{n: " + i + "}").expect(202);
    }
    Eventually.get("three runs", () -> runs("scheduled"), found -> found.size() >= 3);
    for (JsonNode run : runs("scheduled")) {
      client.completed(run.path("id").asText());
    }
    assertThat(runs("scheduled")).hasSize(3);
  }

  @Test
  void whatARunEmitsReachesAnotherRun() throws Exception {
    client.deploy("ear", "do: [{hear: {listen: {to: {one: {with: {type: journey.said}}}}}}]");
    client.deploy(
        "mouth",
        "do: [{say: {emit: {event: {with: {source: 'https://mouth.test',  type: journey.said, data:"
            + " {w: hi}}}}}}]");
    String ear = client.start("ear", "");
    client.waiting(ear, "event");
    client.completed(client.start("mouth", ""));
    assertThat(client.completed(ear).path("output").toString()).contains("hi");
  }

  @Test
  void eventsThatAreNoneAreRefused() throws Exception {
    client
        .send("POST", "/v1/events", "{}", "Content-Type", "application/cloudevents+json")
        .problem(422);
    client
        .send("POST", "/v1/events", "{", "Content-Type", "application/cloudevents+json")
        .problem(400);
  }
}
