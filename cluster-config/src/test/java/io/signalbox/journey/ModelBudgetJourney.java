package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What models draw counts in the budgets: calls, tokens, money and time, over HTTP. */
class ModelBudgetJourney {
  private static final Outside MODEL = open();

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.agents.models {
            openai { base-url = "%s/v1" }
            prices { "openai/dear" { input = 1000, output = 2000 }, "openai/*" { input = 1, output = 1 } }
          }
          signalbox.agents.sessions { retries = 0 }
          """
              .formatted(MODEL.url()));

  private final Client client = GATEWAY.client();

  private static Outside open() {
    try {
      return Outside.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private void agent(String name, String model, String tools) throws Exception {
    client
        .put(
            "/v1/agents/" + name,
            """
            role: clerk
            instructions: Answer.
            model: openai/%s
            tools: [%s]
            limits: {maxOutputTokens: 100}
            """
                .formatted(model, tools))
        .expect(201);
  }

  private void budget(String name, String text) throws Exception {
    client.put("/v1/budgets/" + name, text).expect(201);
    // sessions go by what their node has heard of
    Eventually.get(
        "the budget counts", () -> client.get("/v1/budgets/" + name).status(), it -> it == 200);
  }

  private Client.Reply say(String agent, String session) throws Exception {
    return client.post(
        "/v1/agents/%s/sessions/%s/messages".formatted(agent, session),
        "{content: 'How are you?'}");
  }

  private JsonNode used(String budget) throws Exception {
    return client.get("/v1/budgets/" + budget).expect(200).json().at("/usage/0");
  }

  private JsonNode settled(String budget, String what, double amount) throws Exception {
    return Eventually.get(
        budget + " is settled",
        () -> used(budget),
        it -> it.at("/open").asInt(-1) == 0 && it.at("/used/" + what).asDouble() == amount);
  }

  @Test
  void tokensAndMoneyAreReservedBeforeAndSettledWithWhatWasReallyDrawn() throws Exception {
    var gullible = new GullibleModel();
    MODEL.on("/v1/chat", gullible::answer);
    agent("counted", "dear", "");
    budget("tokens", "{scope: 'agent:counted', limits: {tokens: 100000}}");
    budget("dollars", "{scope: {model: openai/dear, agent: counted}, limits: {money: 50}}");
    // until the node has heard of the budgets nothing is counted
    Eventually.get(
        "it counts",
        () -> {
          say("counted", "s").expect(200);
          return used("tokens");
        },
        it -> it.at("/used/tokens").asInt() == 15);
    assertThat(settled("tokens", "tokens", 15).at("/reserved/tokens").asInt()).isZero();
    // 10 tokens read at 1000 and 5 written at 2000 dollars a million
    settled("dollars", "money", 0.02);
    client.put("/v1/budgets/tokens", "{scope: 'agent:counted', limits: {tokens: 60}}").expect(201);
    Client.Reply no =
        Eventually.get("no room", () -> say("counted", "s"), reply -> reply.status() == 429);
    assertThat(no.problem(429).path("detail").asText()).contains("budget tokens has 60 tokens");
    assertThat(Integer.parseInt(no.header("Retry-After"))).isPositive();
    client
        .put("/v1/budgets/tokens", "{scope: 'agent:counted', limits: {tokens: 9999}}")
        .expect(201);
    client
        .put("/v1/budgets/dollars", "{scope: 'agent:counted', limits: {money: 0.03}}")
        .expect(201);
    Client.Reply dear =
        Eventually.get("too dear", () -> say("counted", "s"), reply -> reply.status() == 429);
    assertThat(dear.problem(429).path("detail").asText()).contains("budget dollars has 30000");
  }

  @Test
  void callsOfOneMessageCountOneByOneAndARunThatCatchesGoesOn() throws Exception {
    try (Outside world = Outside.open().on("/look", _ -> Said.json(200, "{\"n\":1}"))) {
      client
          .put(
              "/v1/tools/look",
              "{kind: http, description: L, risk: read, config: {url: '%s/look'}}"
                  .formatted(world.url()))
          .expect(201);
      MODEL.on("/v1/chat", new GullibleModel().obeys("look around", "look", "{}")::answer);
      agent("twice", "cheap", "look");
      client.deploy(
          "asks",
          """
          do:
            - guarded:
                try: [{ask: {call: agent, with: {agent: twice, message: Please look around}}}]
                catch: {errors: {with: {status: 429}}, do: [{note: {set: {limited: true}}}]}
          """);
      budget("one-model-call", "{scope: 'model:openai/cheap', limits: {calls: 1}}");
      Eventually.get(
          "the second call of the model met the limit",
          () -> client.completed(client.start("asks", "")),
          run -> run.at("/output/limited").asBoolean());
      assertThat(settled("one-model-call", "calls", 1).at("/used/tokens").asInt()).isEqualTo(15);
      client.send("DELETE", "/v1/budgets/one-model-call", "").expect(204);
    }
  }

  @Test
  void aSessionWaitsForItsTurnWhereTheBudgetSaysSo() throws Exception {
    MODEL.on("/v1/chat", new GullibleModel()::answer);
    agent("patient", "slow", "");
    budget("pace", "{scope: 'agent:patient', limits: {calls: 0}, onLimit: wait}");
    client.deploy(
        "waits", "do: [{ask: {call: agent, with: {agent: patient, message: Well, session: w}}}]");
    String run =
        Eventually.get(
            "one is held",
            () -> {
              String id = client.start("waits", "");
              return Eventually.get(
                          "held or done",
                          () -> held("w") + client.run(id).path("status").asText(),
                          it -> it.startsWith("budget:pace") || it.endsWith("completed"))
                      .endsWith("completed")
                  ? ""
                  : id;
            },
            id -> !id.isEmpty());
    assertThat(client.run(run).path("status").asText()).isEqualTo("running");
    client
        .put("/v1/budgets/pace", "{scope: 'agent:patient', limits: {calls: 1}, onLimit: wait}")
        .expect(201);
    client.completed(run);
    settled("pace", "calls", 1);
  }

  private String held(String session) throws Exception {
    return client.get("/v1/agents/patient/sessions/" + session).json().path("heldBy").asText();
  }

  @Test
  void whatCertainlyDrewNothingComesBackAndWhatNobodyKnowsStays() throws Exception {
    agent("unlucky", "odd", "");
    budget("odd", "{scope: {model: openai/odd, run: '*'}, limits: {tokens: 50000}, period: P1D}");
    budget("odd-all", "{scope: 'model:openai/odd', limits: {tokens: 50000, time: PT1H}}");
    MODEL.on("/v1/chat", new GullibleModel()::answer);
    Eventually.get(
        "it counts",
        () -> {
          say("unlucky", "a").expect(200);
          return used("odd-all");
        },
        it -> it.at("/used/tokens").asInt() == 15);
    MODEL.on("/v1/chat", _ -> Said.json(401, "{\"error\":{\"message\":\"no\"}}"));
    say("unlucky", "a");
    settled("odd-all", "tokens", 15);
    MODEL.on("/v1/chat", _ -> Said.json(200, "this is no answer"));
    say("unlucky", "a").problem(502);
    JsonNode kept =
        Eventually.get("kept", () -> used("odd-all"), it -> it.at("/used/tokens").asInt() > 100);
    assertThat(kept.at("/open").asInt()).isZero();
    // each run has a counter of its own
    assertThat(client.get("/v1/budgets/odd").json().path("usage").size()).isGreaterThan(1);
  }

  @Test
  void timeIsCountedAndAFrozenAgentAsksNoModel() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    agent("chilly", "cold", "");
    budget("minutes", "{scope: 'agent:chilly', limits: {time: PT1H}}");
    MODEL.on("/v1/chat", new GullibleModel()::answer);
    Eventually.get(
        "it counts",
        () -> {
          say("chilly", "warm").expect(200);
          return used("minutes");
        },
        it -> it.at("/used/calls").asInt() == 1);
    settled("minutes", "calls", 1);
    int before = MODEL.received("/v1/chat").size();
    MODEL.on(
        "/v1/chat",
        request -> {
          answer.await(30, TimeUnit.SECONDS);
          return new GullibleModel().answer(request);
        });
    client.deploy(
        "talks", "do: [{say: {call: agent, with: {agent: chilly, message: One, session: t}}}]");
    String asked = client.start("talks", "");
    Eventually.get("the model is asked", this::asked, it -> it == before + 1);
    String queued = client.start("talks", "");
    Eventually.get(
        "the next message waits its turn",
        () -> client.get("/v1/agents/chilly/sessions/t").json().path("transcript"),
        said -> said.size() == 2);
    String freeze = freeze("agent:chilly");
    known();
    answer.countDown();
    // its answer is written down, and nothing further begins
    client.completed(asked);
    Eventually.get(
        "the next one is held",
        () -> client.get("/v1/agents/chilly/sessions/t").json().path("heldBy").asText(),
        it -> it.equals("freeze:" + freeze));
    assertThat(asked()).isEqualTo(before + 1);
    settled("minutes", "calls", 2);
    client.send("DELETE", "/v1/freezes/" + freeze, "").expect(204);
    client.completed(queued);
    assertThat(asked()).isEqualTo(before + 2);
    assertThat(settled("minutes", "calls", 3).at("/used/time").asText()).isNotEqualTo("PT0S");
  }

  private int asked() {
    return MODEL.received("/v1/chat").size();
  }

  private String freeze(String scope) throws Exception {
    return client
        .post("/v1/freezes", "{scope: '%s', reason: drill}".formatted(scope))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  /** Comes back once the node knows all freezes there are: it holds by the newest. */
  private void known() throws Exception {
    client
        .put(
            "/v1/tools/canary",
            "{kind: http, description: C, risk: read, config: {url: '%s/canary'}}"
                .formatted(MODEL.url()))
        .expect(201);
    client.deploy(
        "sings",
        """
        do:
          - sing:
              try: [{use: {call: tool, with: {tool: canary}}}]
              catch: {do: [{rest: {wait: {milliseconds: 100}}}]}
        """);
    String id = freeze("tool:canary");
    Eventually.get(
        "the freeze is known",
        () -> {
          String run = client.start("sings", "");
          return Eventually.get(
              "held or done",
              () -> client.run(run),
              it ->
                  it.path("status").asText().equals("completed")
                      || it.path("waitingFor").findValuesAsText("kind").contains("freeze"));
        },
        run -> !run.path("status").asText().equals("completed"));
    client.send("DELETE", "/v1/freezes/" + id, "").expect(204);
  }
}
