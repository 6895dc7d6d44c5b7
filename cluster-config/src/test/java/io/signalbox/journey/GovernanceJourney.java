package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Roles, policies and keys over HTTP: who may do what, by which rule, and how soon that changes.
 */
class GovernanceJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client admin = GATEWAY.client();

  @Test
  void aPolicyDeniesTheCallAndNamesItsRuleUntilItIsDeleted() throws Exception {
    try (Outside outside = Outside.open().on("/pay", _ -> Said.json(200, "{}"))) {
      tool("bank.pay", outside, "/pay");
      String policy =
          """
          rules:
            - id: small
              effect: allow
              tools: ['bank.*']
              when: arguments.amount < 100 && 'clerk' in principal.roles
          """;
      admin.put("/v1/policies/money", policy).expect(201);
      Client clerk = admin.keyFor("user:clara", "clerk");
      Eventually.get(
          "the policy is in force",
          () -> clerk.post("/v1/tools/bank.pay/call", "{arguments: {amount: 500}}"),
          reply -> reply.status() == 403);
      JsonNode no =
          clerk.post("/v1/tools/bank.pay/call", "{arguments: {amount: 500}}").problem(403);
      assertThat(no.path("rule").asText()).isEqualTo("policy:default-deny");
      clerk.post("/v1/tools/bank.pay/call", "{arguments: {amount: 5}}").expect(200);
      JsonNode told =
          admin
              .post(
                  "/v1/policies/simulate",
                  "{principal: 'user:clara', roles: [clerk], tool: bank.pay,"
                      + " arguments: {amount: 500}}")
              .expect(200)
              .json();
      assertThat(told.path("decision").asText()).isEqualTo("deny");
      assertThat(told.at("/rules/0/rule").asText()).isEqualTo("policy:money/small");
      admin
          .put("/v1/policies/broken", "rules: [{effect: deny, tools: ['*'], when: 'nothing +'}]")
          .problem(422);
      clerk.put("/v1/policies/money", policy).problem(403);
    }
  }

  @Test
  void aNarrowKeyARotatedKeyAndARevokedOne() throws Exception {
    JsonNode made =
        admin
            .post("/v1/keys", "{principal: 'service:ci', scopes: ['run:read', 'tool:read']}")
            .expect(201)
            .json();
    Client narrow = new Client(admin.gateway(), made.path("secret").asText());
    narrow.get("/v1/tools").expect(200);
    assertThat(narrow.post("/v1/events", "{}").problem(403).path("rule").asText())
        .isEqualTo("permission:event:write");
    JsonNode next =
        admin
            .post("/v1/keys/" + made.path("id").asText() + "/rotate", "{overlap: PT0S}")
            .expect(201)
            .json();
    Client fresh = new Client(admin.gateway(), next.path("secret").asText());
    fresh.get("/v1/tools").expect(200);
    fresh.post("/v1/events", "{}").problem(403);
    narrow.get("/v1/tools").problem(401);
    admin.send("DELETE", "/v1/keys/" + next.path("id").asText(), "").expect(204);
    fresh.get("/v1/tools").problem(401);
  }

  @Test
  void whoActsForSomebodyMayDoWhatBothMay() throws Exception {
    try (Outside outside = Outside.open().on("/look", _ -> Said.json(200, "{}"))) {
      tool("books.look", outside, "/look");
      admin
          .put(
              "/v1/roles/desk",
              "{permissions: ['tool:books.*:call', 'act-for:user:*'], members: ['service:desk']}")
          .expect(201);
      JsonNode made =
          admin
              .post(
                  "/v1/keys",
                  "{principal: 'service:desk', scopes: ['tool:*:call', 'act-for:user:*']}")
              .expect(201)
              .json();
      Client desk = new Client(admin.gateway(), made.path("secret").asText());
      String call = "{arguments: {}, onBehalfOf: 'user:carol'}";
      desk.post("/v1/tools/books.look/call", call).expect(200);
      Client other = narrow("service:other", "tool:*:call");
      assertThat(other.post("/v1/tools/books.look/call", call).problem(403).path("rule").asText())
          .isEqualTo("permission:act-for:user:carol");
    }
  }

  @Test
  void pastCallsAreJudgedOnceMoreUnderADraft() throws Exception {
    try (Outside outside = Outside.open().on("/wire", _ -> Said.json(200, "{}"))) {
      tool("past.wire", outside, "/wire");
      Client clerk = admin.keyFor("user:paula", "clerk");
      clerk.post("/v1/tools/past.wire/call", "{arguments: {amount: 5}}").expect(200);
      clerk.post("/v1/tools/past.wire/call", "{arguments: {amount: 500}}").expect(200);
      admin
          .put(
              "/v1/policies/past",
              "rules: [{id: none, effect: deny, tools: ['past.*'], when: arguments.amount > 1000}]")
          .expect(201);
      clerk.post("/v1/tools/past.wire/call", "{arguments: {amount: 5000}}").problem(403);
      String draft =
          """
          workflow: {namespace: signalbox, name: call-tool}
          runs: 1000
          policies:
            - name: past
              rules:
                - {id: many, effect: ask, tools: ['past.*'], when: arguments.amount > 100, approvers: ['role:boss']}
          """;
      JsonNode told =
          Eventually.get(
              "the runs are listed",
              () -> admin.post("/v1/policies/replay", draft).expect(200).json(),
              it -> it.path("different").asInt() == 2);
      assertThat(told.path("calls").asInt()).isGreaterThanOrEqualTo(3);
      assertThat(told.path("complete").asBoolean()).isTrue();
      for (JsonNode one : told.path("changed")) {
        boolean denied = one.at("/arguments/amount").asInt() == 5000;
        assertThat(one.at("/was/decision").asText()).isEqualTo(denied ? "deny" : "allow");
        assertThat(one.at("/would/decision").asText()).isEqualTo("ask");
        assertThat(one.at("/would/rules/0").asText()).isEqualTo("policy:past/many");
        assertThat(one.at("/was/rules").toString().contains("policy:past/none")).isEqualTo(denied);
      }
      admin
          .post(
              "/v1/policies/replay",
              "{policies: [{name: x, rules: [{effect: deny, tools: [a], when: 'no +'}]}]}")
          .problem(422);
      clerk.post("/v1/policies/replay", draft).problem(403);
      admin.send("DELETE", "/v1/policies/past", "").expect(204);
      assertThat(outside.received("/wire")).hasSize(2);
    }
  }

  private Client narrow(String principal, String scope) throws Exception {
    JsonNode made =
        admin
            .post("/v1/keys", "{principal: '" + principal + "', scopes: ['" + scope + "']}")
            .expect(201)
            .json();
    return new Client(admin.gateway(), made.path("secret").asText());
  }

  private void tool(String name, Outside outside, String path) throws Exception {
    admin
        .put(
            "/v1/tools/" + name,
            "{kind: http, description: "
                + name
                + ", risk: read, config: {url: '"
                + outside.url()
                + path
                + "'}}")
        .expect(201);
  }
}
