package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run is forked from one of its turns, and both go their own ways. */
class ForkJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private static long seq(List<JsonNode> history, String type) {
    return history.stream()
        .filter(event -> event.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " in " + history))
        .path("seq")
        .asLong();
  }

  private static String approval(JsonNode run) {
    return run.at("/waitingFor/0/id").asText();
  }

  @Test
  void bothRunsAnswerForThemselves() throws Exception {
    client.deploy(
        "forked",
        """
        do:
          - count: {set: {n: 1}, export: {as: '{ seen: .n }'}}
          - sign: {call: approval, with: {title: Go on, approvers: ['role:officer']}}
          - tell: {set: {decision: '${ .decision }', seen: '${ $context.seen }', input: '${ $workflow.input }'}}
        """);
    String run = client.start("forked", "input: {from: origin}");
    String asked = approval(client.waiting(run, "approval"));
    client.post("/v1/approvals/" + asked + "/decisions", "{decision: approve}").expect(200);
    assertThat(client.completed(run).at("/output/decision").asText()).isEqualTo("approve");
    List<JsonNode> history = client.history(run);
    long at = seq(history, "approval.requested");
    JsonNode fork =
        client
            .post(
                "/v1/runs/" + run + "/fork",
                "{atSeq: %d, input: {from: fork}, context: {seen: 7}}".formatted(at),
                "Idempotency-Key",
                "fork-1")
            .expect(201)
            .json();
    String forked = fork.path("id").asText();
    assertThat(fork.at("/forkedFrom/run").asText()).isEqualTo(run);
    assertThat(fork.path("status").asText()).isEqualTo("waiting");
    String askedAgain = approval(fork);
    assertThat(askedAgain).startsWith(forked).isNotEqualTo(asked);
    List<JsonNode> shared = client.history(forked);
    assertThat(shared.subList(0, (int) at)).isEqualTo(history.subList(0, (int) at));
    assertThat(client.types(forked)).contains("workflow.forked");
    Eventually.get(
        "the first approval is listed",
        () -> client.get("/v1/approvals/" + asked).json().path("status").asText(),
        "approved"::equals);
    client.post("/v1/approvals/" + askedAgain + "/decisions", "{decision: reject}").expect(200);
    JsonNode output = client.completed(forked).path("output");
    assertThat(output.path("decision").asText()).isEqualTo("reject");
    assertThat(output.path("seen").asInt()).isEqualTo(7);
    assertThat(output.at("/input/from").asText()).isEqualTo("fork");
    assertThat(client.run(run).at("/output/decision").asText()).isEqualTo("approve");
    Chain.isWhole(GATEWAY.database(), forked);
    assertThat(
            client
                .post(
                    "/v1/runs/" + run + "/fork",
                    "{atSeq: %d, input: {from: fork}, context: {seen: 7}}".formatted(at),
                    "Idempotency-Key",
                    "fork-1")
                .expect(201)
                .json()
                .path("id")
                .asText())
        .isEqualTo(forked);
    Eventually.get(
        "the list has both, and the first approval as it was",
        () -> client.get("/v1/runs?workflow=forked").json().path("items"),
        items -> items.size() == 2);
    assertThat(client.get("/v1/approvals/" + asked).json().path("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void anEventIsTakenByBothAndACallInFlightIsPutToAPerson() throws Exception {
    try (Outside outside = Outside.open()) {
      outside.silent("/slow");
      outside.on("/fast", _ -> Said.json(200, "{\"ok\":true}"));
      client.deploy(
          "flown",
          """
          do:
            - fast: {call: http, with: {method: post, endpoint: '%s/fast'}}
            - slow: {call: http, with: {method: post, endpoint: '%s/slow'}}
          """
              .formatted(outside.url(), outside.url()));
      String run = client.start("flown", "");
      Eventually.get(
          "the second call is under way",
          () -> outside.received("/slow").size(),
          calls -> calls == 1);
      long last = client.history(run).getLast().path("seq").asLong();
      String fork = fork(run, "{atSeq: " + last + "}");
      client.waiting(fork, "outcome");
      assertThat(outside.received("/slow")).hasSize(1);
      client
          .post(
              "/v1/runs/" + fork + "/resolve",
              "{task: /do/1/slow, outcome: succeeded, result: {seen: true}, reason: looked}")
          .expect(202);
      assertThat(client.completed(fork).at("/output/seen").asBoolean()).isTrue();
      assertThat(outside.received("/fast")).hasSize(1);
      client.post("/v1/runs/" + run + "/cancel", "{}").expect(202);
    }
    client.deploy("heard", "do: [{hear: {listen: {to: {one: {with: {type: fork.heard}}}}}}]");
    String run = client.start("heard", "");
    client.waiting(run, "event");
    String fork = fork(run, "{atSeq: 1}");
    client.waiting(fork, "event");
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/f\",\"type\":\"fork.heard\"}",
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
    client.completed(run);
    client.completed(fork);
  }

  private String fork(String run, String body) throws Exception {
    return client.post("/v1/runs/" + run + "/fork", body).expect(201).json().path("id").asText();
  }

  @Test
  void aForkMayGoOnWithAnotherVersionIfTheSharedHistoryFits() throws Exception {
    String text =
        """
        document: {dsl: '1.0.3', namespace: journey, name: versions, version: '%s'}
        do:
          - rest: {wait: {hours: 1}}
          - %s: {set: {n: 1}}
        """;
    for (String[] each : new String[][] {{"1.0.0", "one"}, {"2.0.0", "two"}}) {
      client
          .send(
              "POST",
              "/v1/workflows",
              text.formatted(each[0], each[1]),
              "Content-Type",
              "application/yaml")
          .expect(201);
    }
    client
        .send(
            "POST",
            "/v1/workflows",
            text.formatted("3.0.0", "three")
                .replace("rest: {wait: {hours: 1}}", "other: {set: {n: 0}}"),
            "Content-Type",
            "application/yaml")
        .expect(201);
    String run =
        client
            .post("/v1/runs", "workflow: {namespace: journey, name: versions, version: '1.0.0'}")
            .expect(201)
            .json()
            .path("id")
            .asText();
    client.waiting(run, "timer");
    JsonNode fork =
        client
            .post("/v1/runs/" + run + "/fork", "{atSeq: 2, workflowVersion: '2.0.0'}")
            .expect(201)
            .json();
    assertThat(fork.at("/workflow/version").asText()).isEqualTo("2.0.0");
    JsonNode no =
        client
            .post("/v1/runs/" + run + "/fork", "{atSeq: 2, workflowVersion: '3.0.0'}")
            .problem(409);
    assertThat(no.at("/errors/0/pointer").asText()).isEqualTo("/do/0/rest");
    client.post("/v1/runs/" + run + "/fork", "{atSeq: 99}").problem(422);
    client.post("/v1/runs/" + run + "/fork", "{}").problem(422);
    client.post("/v1/runs/nobody/fork", "{atSeq: 1}").problem(404);
    client.post("/v1/runs/" + run + "/cancel", "{}").expect(202);
    long last = client.history(run).getLast().path("seq").asLong();
    client.post("/v1/runs/" + run + "/fork", "{atSeq: " + last + "}").problem(409);
  }
}
