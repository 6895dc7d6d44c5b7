package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.List;
import java.util.UUID;

/** What is done: executions, events, and what people decide. */
final class WhenSteps {
  private static final String PATIENTLY = "?wait=PT30S";

  private WhenSteps() {}

  static void in(StepBook book) {
    book.on("the workflow is executed", (stage, _, _) -> stage.execute(stage.workflow(), PATIENTLY))
        .on("the workflow is started", (stage, _, _) -> stage.execute(stage.workflow(), ""))
        .on(
            "the workflow '([^']+)' is executed",
            (stage, groups, _) -> stage.execute(stage.workflow(groups.group(1)), PATIENTLY))
        .on(
            "the workflow is executed as '([^']+)'",
            (stage, groups, _) -> {
              stage.execute(stage.workflow(), PATIENTLY);
              stage.name(groups.group(1));
            })
        .on("execution '([^']+)' is looked at", (stage, groups, _) -> stage.look(groups.group(1)))
        .on("the schedule executes the workflow", (stage, _, _) -> scheduled(stage))
        .on("the workflow receives an event:", (stage, _, text) -> receives(stage, text))
        .on("an event is published:", (stage, _, text) -> publish(stage, Client.yaml(text)))
        .on(
            "the workflow waits for an? (event|approval|outcome|timer)",
            (stage, groups, _) -> stage.client.waiting(stage.id(), groups.group(1)))
        .on(
            "the workflow is (cancelled|suspended|resumed|retried)",
            (stage, groups, _) -> control(stage, groups.group(1)))
        .on(
            "the approval is (approved|rejected)",
            (stage, groups, _) -> decide(stage, groups.group(1)));
  }

  private static void scheduled(Stage stage) throws Exception {
    JsonNode of = stage.workflow();
    List<JsonNode> runs =
        Eventually.get(
            "the schedule starts a run", () -> stage.runs(of), found -> !found.isEmpty());
    stage.look(runs.getFirst());
  }

  /** Publishes what the run waits for, and waits until the run has taken it. */
  private static void receives(Stage stage, String text) throws Exception {
    stage.client.waiting(stage.id(), "event");
    int before = stage.client.tasks(stage.id(), "event.received").size();
    publish(stage, Client.yaml(text));
    Eventually.get(
        "the event is received",
        () -> stage.client.tasks(stage.id(), "event.received").size(),
        taken -> taken > before);
  }

  private static void publish(Stage stage, JsonNode given) throws Exception {
    ObjectNode event = Json.object();
    event.put("specversion", "1.0");
    event.put("id", UUID.randomUUID().toString());
    event.put("source", "https://scenario.example");
    event.setAll((ObjectNode) given);
    stage
        .client
        .send(
            "POST", "/v1/events", event.toString(), "Content-Type", "application/cloudevents+json")
        .expect(202);
  }

  private static void control(Stage stage, String done) throws Exception {
    String verb =
        switch (done) {
          case "cancelled" -> "cancel";
          case "suspended" -> "suspend";
          case "resumed" -> "resume";
          default -> "retry";
        };
    stage.client.post("/v1/runs/" + stage.id() + "/" + verb, "{}").expect(202);
  }

  private static void decide(Stage stage, String decision) throws Exception {
    JsonNode run = stage.client.waiting(stage.id(), "approval");
    List<String> ids =
        run.path("waitingFor")
            .valueStream()
            .filter(it -> it.path("kind").asText().equals("approval"))
            .map(it -> it.path("id").asText())
            .toList();
    assertThat(ids).as("approvals the run waits for").hasSize(1);
    String body = decision.equals("approved") ? "{decision: approve}" : "{decision: reject}";
    stage.client.post("/v1/approvals/" + ids.getFirst() + "/decisions", body).expect(200);
  }
}
