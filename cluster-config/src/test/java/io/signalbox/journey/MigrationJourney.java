package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A live run goes on with another version of its workflow, if its history fits it. */
class MigrationJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private void deploy(String name, String version, String tasks) throws Exception {
    String document =
        "document: {dsl: '1.0.3', namespace: journey, name: %s, version: '%s'}%n"
            .formatted(name, version);
    client
        .send("POST", "/v1/workflows", document + tasks, "Content-Type", "application/yaml")
        .expect(201);
  }

  private static final String HELD =
      """
      do:
        - first: {set: {n: 1}}
        - hold: {listen: {to: {one: {with: {type: %s}}}}}
        - last: {set: {version: %s}}
      """;

  @Test
  void aRunThatFitsGoesOnWithTheNewVersion() throws Exception {
    deploy("moved", "1.0.0", HELD.formatted("migration.fits", "one"));
    deploy("moved", "1.1.0", HELD.formatted("migration.fits", "two"));
    String run =
        client
            .post("/v1/runs", "workflow: {namespace: journey, name: moved, version: '1.0.0'}")
            .expect(201)
            .json()
            .path("id")
            .asText();
    client.waiting(run, "event");
    String migrate = "/v1/runs/" + run + "/migrate";
    int before = client.history(run).size();
    client.post(migrate, "{workflowVersion: '1.1.0', dryRun: true}").expect(200);
    assertThat(client.history(run)).hasSize(before);
    JsonNode moved = client.post(migrate, "{workflowVersion: '1.1.0'}").expect(200).json();
    assertThat(moved.at("/workflow/version").asText()).isEqualTo("1.1.0");
    assertThat(client.types(run)).endsWith("workflow.migrated");
    client.post(migrate, "{workflowVersion: '1.1.0'}").expect(200);
    assertThat(client.history(run)).hasSize(before + 1);
    publish("migration.fits");
    JsonNode done = client.completed(run);
    assertThat(done.at("/output/version").asText()).isEqualTo("two");
    client.post(migrate, "{workflowVersion: '1.0.0'}").problem(409);
    Eventually.get(
        "the list tells the new version",
        () -> client.get("/v1/runs?workflow=moved").json().path("items"),
        items -> items.findValuesAsText("version").contains("1.1.0"));
    Chain.isWhole(GATEWAY.database(), run);
  }

  @Test
  void aRunThatDoesNotFitStaysAsItIsAndIsToldTheFirstDifference() throws Exception {
    deploy("stays", "1.0.0", HELD.formatted("migration.stays", "one"));
    String run = client.start("stays", "");
    client.waiting(run, "event");
    deploy(
        "stays",
        "2.0.0",
        """
        do:
          - first: {set: {n: 1}}
          - between: {set: {n: 2}}
          - hold: {listen: {to: {one: {with: {type: migration.stays}}}}}
        """);
    JsonNode no =
        client.post("/v1/runs/" + run + "/migrate", "{workflowVersion: '2.0.0'}").problem(409);
    assertThat(no.at("/errors/0/pointer").asText()).isEqualTo("/do/1/hold");
    assertThat(no.at("/errors/0/message").asText()).contains("was: ", "now: ");
    client.post("/v1/runs/" + run + "/migrate", "{workflowVersion: '9.9.9'}").problem(404);
    client.post("/v1/runs/" + run + "/migrate", "{workflowVersion: 7}").problem(422);
    client.post("/v1/runs/nobody/migrate", "{workflowVersion: '2.0.0'}").problem(404);
    publish("migration.stays");
    assertThat(client.completed(run).at("/output/version").asText()).isEqualTo("one");
  }

  @Test
  void aFaultedRunIsMovedAndThenRetried() throws Exception {
    String tasks = "do: [{first: {set: {n: 1}}}, {fail: {set: {n: '%s'}}}]";
    deploy("mended", "1.0.0", tasks.formatted("${ error }"));
    String run = client.start("mended", "");
    assertThat(client.ended(run).path("status").asText()).isEqualTo("faulted");
    deploy("mended", "1.0.1", tasks.formatted("${ .n + 1 }"));
    client.post("/v1/runs/" + run + "/migrate", "{workflowVersion: '1.0.1'}").expect(200);
    client.post("/v1/runs/" + run + "/retry", "{}").expect(202);
    assertThat(client.completed(run).at("/output/n").asInt()).isEqualTo(2);
  }

  private void publish(String type) throws Exception {
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/%s\",\"type\":\"%s\"}"
                .formatted(type, type),
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
  }
}
