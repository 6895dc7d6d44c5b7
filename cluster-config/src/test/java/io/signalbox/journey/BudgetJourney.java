package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Budgets and limits, over HTTP. */
class BudgetJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private void tool(String name, Outside outside) throws Exception {
    client
        .put(
            "/v1/tools/" + name,
            "{kind: http, description: T, risk: write, config: {method: post, url: '%s/%s'}}"
                .formatted(outside.url(), name))
        .expect(201);
  }

  private Client.Reply call(String tool) throws Exception {
    return client.post("/v1/tools/" + tool + "/call", "{arguments: {}}");
  }

  private JsonNode used(String budget) throws Exception {
    return client.get("/v1/budgets/" + budget).expect(200).json().at("/usage/0");
  }

  @Test
  void aBudgetOfCallsIsSpentAndThen429() throws Exception {
    try (Outside outside = Outside.open().on("/paid", _ -> Said.json(200, "{}"))) {
      tool("paid", outside);
      client.put("/v1/budgets/two", "{scope: 'tool:paid', limits: {calls: 2}}").expect(201);
      call("paid").expect(200);
      call("paid").expect(200);
      Client.Reply third = call("paid");
      assertThat(third.problem(429).path("detail").asText()).contains("budget two has 2 calls");
      assertThat(Integer.parseInt(third.header("Retry-After"))).isPositive();
      assertThat(outside.received("/paid")).hasSize(2);
      Eventually.get(
          "both are settled", () -> used("two"), it -> it.at("/used/calls").asInt() == 2);
      client.put("/v1/budgets/two", "{scope: 'tool:paid', limits: {calls: 3}}").expect(201);
      Eventually.get("more room", () -> call("paid").status(), status -> status == 200);
      client.send("DELETE", "/v1/budgets/two", "").expect(204);
      client.get("/v1/budgets/two").problem(404);
      Eventually.get("no limit", () -> call("paid").status(), status -> status == 200);
    }
  }

  @Test
  void whatFailedForCertainComesBack() throws Exception {
    try (Outside outside = Outside.open().on("/broken", _ -> Said.json(400, "{}"))) {
      tool("broken", outside);
      client.put("/v1/budgets/one", "{scope: {tool: broken}, limits: {calls: 1}}").expect(201);
      call("broken").problem(502);
      Eventually.get(
          "it came back", () -> used("one"), it -> it.at("/reserved/calls").asInt(-1) == 0);
      assertThat(used("one").at("/used/calls").asInt()).isZero();
      call("broken").problem(502);
      assertThat(outside.received("/broken")).hasSize(2);
    }
  }

  @Test
  void aRunWaitsForItsTurnWhereTheBudgetSaysSo() throws Exception {
    try (Outside outside = Outside.open().on("/slowly", _ -> Said.json(200, "{}"))) {
      tool("slowly", outside);
      client
          .put(
              "/v1/budgets/rate",
              "{scope: 'tool:slowly', rate: {calls: 1, per: PT1S}, onLimit: wait}")
          .expect(201);
      client.deploy(
          "patient",
          """
          do:
            - one: {call: tool, with: {tool: slowly}}
            - two: {call: tool, with: {tool: slowly}}
            - three: {call: tool, with: {tool: slowly}}
          """);
      long began = System.nanoTime();
      String run = client.start("patient", "");
      client.completed(run);
      assertThat(System.nanoTime() - began).isGreaterThan(1_500_000_000L);
      assertThat(client.types(run)).contains("tool.held");
      assertThat(outside.received("/slowly")).hasSize(3);
    }
  }

  @Test
  void aRunMayCatchThatThereIsNoRoom() throws Exception {
    try (Outside outside = Outside.open().on("/none", _ -> Said.json(200, "{}"))) {
      tool("none", outside);
      client
          .put("/v1/budgets/zero", "{scope: {namespace: journey, tool: none}, limits: {calls: 0}}")
          .expect(201);
      client.deploy(
          "catches",
          """
          do:
            - guarded:
                try: [{use: {call: tool, with: {tool: none}}}]
                catch: {errors: {with: {status: 429}}, do: [{note: {set: {limited: true}}}]}
          """);
      String run = client.start("catches", "");
      assertThat(client.completed(run).at("/output/limited").asBoolean()).isTrue();
      assertThat(outside.received("/none")).isEmpty();
    }
  }

  @Test
  void whatIsWrongIsToldWhere() throws Exception {
    JsonNode wrong =
        client.put("/v1/budgets/bad", "{scope: 'planet:earth', limits: {calls: -1}}").problem(422);
    assertThat(wrong.path("errors").findValuesAsText("pointer"))
        .contains("/scope", "/limits/calls");
    client.put("/v1/budgets/bad", "{scope: {run: '*'}, limits: {calls: 1}}").problem(422);
  }
}
