package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The server is killed in the middle of everything, and nothing is lost or done twice unnoticed.
 */
class CrashJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final List<String> POLICIES = List.of("idempotent", "ask", "fail");

  private static ServerProcess server(Path data) throws Exception {
    return ServerProcess.start(data, "--port", "0", "--db-url", LiveGateway.address(DATABASE));
  }

  @Test
  void callsInFlightAreUnknownThenSettledByTheirPolicyAndSettledTasksStaySettled()
      throws Exception {
    Path data = Folder.make("crash");
    try (Outside outside = Outside.open()) {
      outside.on("/settled", _ -> Said.json(200, "{\"ok\":true}"));
      outside.silent("/flight");
      List<String> runs = new ArrayList<>();
      String approval;
      ServerProcess first = server(data);
      try {
        Client client = first.ready();
        prepare(client, outside);
        for (String policy : POLICIES) {
          runs.add(client.start("crash-" + policy, "id: crash-" + policy));
        }
        client.start("crash-approval", "id: crash-approval");
        approval = client.waiting("crash-approval", "approval").at("/waitingFor/0/id").asText();
        Eventually.get(
            "three calls in flight",
            () -> outside.received("/flight").size(),
            calls -> calls == POLICIES.size());
      } finally {
        first.kill();
      }
      outside.on("/flight", _ -> Said.json(200, "{\"landed\":true}"));
      try (ServerProcess second = server(data)) {
        Client client = second.ready();
        assertThat(client.completed("crash-idempotent").at("/output/landed").asBoolean()).isTrue();
        assertThat(client.ended("crash-fail").path("status").asText()).isEqualTo("faulted");
        client.waiting("crash-ask", "outcome");
        client
            .post(
                "/v1/runs/crash-ask/resolve",
                "{task: /do/1/fly, outcome: succeeded, result: {landed: true}, reason: seen}")
            .expect(202);
        assertThat(client.completed("crash-ask").at("/output/landed").asBoolean()).isTrue();
        client.waiting("crash-approval", "approval");
        client.post("/v1/approvals/" + approval + "/decisions", "{decision: approve}").expect(200);
        client.completed("crash-approval");
        runs.forEach(run -> told(client, run, outside));
        onlyOnce(client, "crash-approval");
      }
    }
    Folder.delete(data);
  }

  private static void prepare(Client client, Outside outside) throws Exception {
    for (String policy : POLICIES) {
      client
          .put(
              "/v1/tools/fly-" + policy,
              """
              kind: http
              description: Flies
              risk: write
              onUnknownOutcome: %s
              config: {method: post, url: '%s/flight/%s', idempotencyHeader: Idempotency-Key}
              """
                  .formatted(policy, outside.url(), policy))
          .expect(201);
      client.deploy(
          "crash-" + policy,
          """
          do:
            - board: {call: http, with: {method: post, endpoint: '%s/settled/%s'}}
            - fly: {call: tool, with: {tool: fly-%s, arguments: {seat: 1}}}
          """
              .formatted(outside.url(), policy, policy));
    }
    client.deploy(
        "crash-approval",
        """
        do:
          - board: {call: http, with: {method: post, endpoint: '%s/settled/approval'}}
          - sign: {call: approval, with: {title: Go on, approvers: ['role:officer']}}
        """
            .formatted(outside.url()));
  }

  private static void told(Client client, String run, Outside outside) {
    try {
      String policy = run.substring("crash-".length());
      onlyOnce(client, run);
      List<JsonNode> history = client.history(run);
      JsonNode unknown =
          history.stream()
              .filter(event -> event.path("type").asText().equals("tool.unknown"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(run + " has no tool.unknown: " + history));
      assertThat(unknown.at("/data/policy").asText()).isEqualTo(policy);
      List<Outside.Received> sent = outside.received("/flight/" + policy);
      assertThat(sent).hasSize(policy.equals("idempotent") ? 2 : 1);
      assertThat(sent.stream().map(it -> it.header("Idempotency-Key").orElseThrow()).distinct())
          .hasSize(1);
      assertThat(outside.received("/settled/" + policy)).hasSize(1);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** No task of this run was started twice, and its journal is whole. */
  private static void onlyOnce(Client client, String run) throws Exception {
    assertThat(client.tasks(run, "task.started")).doesNotHaveDuplicates().hasSize(2);
    Chain.isWhole(DATABASE, run);
  }
}
