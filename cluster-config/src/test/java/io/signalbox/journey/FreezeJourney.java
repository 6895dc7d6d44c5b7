package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kill switch, over HTTP: what is frozen stands still, and goes on where it stopped. */
class FreezeJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private String freeze(String scope) throws Exception {
    return client
        .post("/v1/freezes", "{scope: '%s', reason: drill}".formatted(scope))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  private void thaw(String id) throws Exception {
    client.send("DELETE", "/v1/freezes/" + id, "").expect(204);
  }

  private void tool(String name, Outside outside) throws Exception {
    client
        .put(
            "/v1/tools/" + name,
            "{kind: http, description: T, risk: read, config: {url: '%s/%s'}}"
                .formatted(outside.url(), name))
        .expect(201);
  }

  @Test
  void aCallToAFrozenToolWaitsAndIsMadeOnceItIsThawed() throws Exception {
    try (Outside outside = Outside.open().on("/frost", _ -> Said.json(200, "{\"ok\":true}"))) {
      tool("frost", outside);
      client.deploy("uses-frost", "do: [{use: {call: tool, with: {tool: frost}}}]");
      String id = freeze("tool:frost");
      String run = client.start("uses-frost", "");
      JsonNode held = client.waiting(run, "freeze");
      assertThat(held.at("/waitingFor/0/what").asText()).contains("drill");
      assertThat(outside.received("/frost")).isEmpty();
      thaw(id);
      assertThat(client.completed(run).at("/output/ok").asBoolean()).isTrue();
      assertThat(outside.received("/frost")).hasSize(1);
      assertThat(client.types(run)).containsSubsequence("tool.held", "tool.called");
    }
  }

  @Test
  void aFrozenNamespaceStandsStillWithTheRunsItStarted() throws Exception {
    try (Outside outside = Outside.open().on("/step", _ -> Said.json(200, "{}"))) {
      tool("step", outside);
      client
          .send(
              "POST",
              "/v1/workflows",
              """
              document: {dsl: '1.0.3', namespace: elsewhere, name: child, version: '1.0.0'}
              do:
                - rest: {wait: {milliseconds: 1500}}
                - use: {call: tool, with: {tool: step}}
              """,
              "Content-Type",
              "application/yaml")
          .expect(201);
      client.deploy(
          "parent",
          """
          do:
            - below: {run: {workflow: {namespace: elsewhere, name: child, version: '1.0.0'}}}
            - use: {call: tool, with: {tool: step}}
          """);
      String run = client.start("parent", "");
      String child =
          Eventually.get(
                  "the child runs",
                  () -> client.get("/v1/runs?namespace=elsewhere").json().path("items"),
                  items -> items.size() == 1)
              .get(0)
              .path("id")
              .asText();
      client.waiting(child, "timer");
      String id = freeze("namespace:journey");
      assertThat(client.waiting(child, "freeze").path("status").asText()).isEqualTo("suspended");
      assertThat(outside.received("/step")).isEmpty();
      thaw(id);
      client.completed(run);
      assertThat(outside.received("/step")).hasSize(2);
      assertThat(client.types(child)).contains("workflow.frozen", "workflow.thawed");
    }
  }

  @Test
  void aFrozenAgentHearsNothingAndCallsNothing() throws Exception {
    try (Outside outside = Outside.open().on("/look", _ -> Said.json(200, "{\"n\":1}"))) {
      tool("look", outside);
      client
          .put(
              "/v1/agents/looker",
              "{model: scripted/x, tools: [look], script: [{tool: look}, {reply: seen}]}")
          .expect(201);
      client.deploy("asks", "do: [{ask: {call: agent, with: {agent: looker, message: Hi}}}]");
      String id = freeze("agent:looker");
      String run = client.start("asks", "");
      client.waiting(run, "freeze");
      assertThat(outside.received("/look")).isEmpty();
      thaw(id);
      assertThat(client.completed(run).at("/output/message").asText()).isEqualTo("seen");
    }
  }

  @Test
  void everythingStandsStillAndWhatIsWrongIsToldWhere() throws Exception {
    client.deploy("still", "do: [{note: {set: {n: 1}}}]");
    String id = freeze("everything");
    String run = client.start("still", "");
    assertThat(client.waiting(run, "freeze").at("/waitingFor/0/id").asText())
        .isEqualTo("freeze:" + id);
    assertThat(client.get("/v1/freezes").expect(200).json().at("/items/0/scope").asText())
        .isEqualTo("everything");
    thaw(id);
    client.completed(run);
    client.get("/v1/freezes/" + id).problem(404);
    JsonNode wrong = client.post("/v1/freezes", "{scope: 'planet:earth', reason: x}").problem(422);
    assertThat(wrong.at("/errors/0/pointer").asText()).isEqualTo("/scope");
  }
}
