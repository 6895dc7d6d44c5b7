package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that needs a person happens without the right one, and then it happens once. */
class ApprovalJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client admin = GATEWAY.client();

  private static String decisions(String approval) {
    return "/v1/approvals/" + approval + "/decisions";
  }

  private static String approval(JsonNode run) {
    return run.at("/waitingFor/0/id").asText();
  }

  @Test
  void onlyAnApproverWhoIsNotTheRequesterDecidesAndOnlyOnce() throws Exception {
    Client requester = admin.keyFor("user:rita", "officer");
    Client stranger = admin.keyFor("user:stan", "clerk");
    Client officer = admin.keyFor("user:olga", "officer");
    admin.deploy(
        "signed",
        "do: [{sign: {call: approval, with: {title: Sign this, approvers: ['role:officer']}}}]");
    String run = requester.start("signed", "");
    String id = approval(requester.waiting(run, "approval"));
    requester.post(decisions(id), "{decision: approve}").problem(403);
    stranger.post(decisions(id), "{decision: approve}").problem(403);
    officer.post(decisions(id), "{decision: perhaps}").problem(422);
    Eventually.get(
        "the list of open approvals has it",
        () -> officer.get("/v1/approvals?status=open").expect(200).json(),
        page -> page.path("items").findValuesAsText("id").contains(id));
    JsonNode decided =
        officer.post(decisions(id), "{decision: approve, reason: fine}").expect(200).json();
    assertThat(decided.path("status").asText()).isEqualTo("approved");
    JsonNode output = requester.completed(run).path("output");
    assertThat(output.path("decision").asText()).isEqualTo("approve");
    assertThat(output.path("by").asText()).isEqualTo("user:olga");
    officer.post(decisions(id), "{decision: reject}").problem(409);
    officer.post(decisions(id + "0"), "{decision: reject}").problem(404);
    String about = "approval:" + id;
    Gates.audited(GATEWAY.database(), about, "user:rita", "approval-four-eyes");
    Gates.audited(GATEWAY.database(), about, "user:stan", "approval-approvers");
    Gates.audited(GATEWAY.database(), about, "user:olga", "approval-409");
    Gates.audited(GATEWAY.database(), about + "0", "user:olga", "approval-404");
  }

  @Test
  void aToolThatNeedsAnApproverTakesEffectOnceAfterTheYes() throws Exception {
    try (Outside outside = Outside.open().on("/delete", _ -> Said.json(200, "{\"deleted\":3}"))) {
      tool("cleaner", outside);
      Client caller = admin.keyFor("user:cole", "clerk");
      Client officer = admin.keyFor("user:otto", "officer");
      JsonNode held =
          caller.post("/v1/tools/cleaner/call", "{arguments: {files: 3}}").expect(202).json();
      String id = held.path("approvalId").asText();
      assertThat(outside.received("/delete")).isEmpty();
      caller.post(decisions(id), "{decision: approve}").problem(403);
      officer.post(decisions(id), "{decision: approve}").expect(200);
      JsonNode run = admin.completed(held.path("run").asText());
      assertThat(run.toString()).contains("\"deleted\":3");
      assertThat(outside.received("/delete")).hasSize(1);
      assertThat(outside.received("/delete").getFirst().body()).isEqualTo("{\"files\":3}");
      officer.post(decisions(id), "{decision: approve}").problem(409);
      assertThat(outside.received("/delete")).hasSize(1);
    }
  }

  @Test
  void aToolThatWasNotApprovedHasNoEffect() throws Exception {
    try (Outside outside = Outside.open().on("/delete", _ -> Said.json(200, "{}"))) {
      tool("shredder", outside);
      Client officer = admin.keyFor("user:ossi", "officer");
      JsonNode held = admin.post("/v1/tools/shredder/call", "{arguments: {}}").expect(202).json();
      officer
          .post(decisions(held.path("approvalId").asText()), "{decision: reject, reason: too much}")
          .expect(200);
      JsonNode run = admin.ended(held.path("run").asText());
      assertThat(run.path("status").asText()).isEqualTo("faulted");
      assertThat(run.at("/error/status").asInt()).isEqualTo(403);
      assertThat(outside.received("/delete")).isEmpty();
    }
  }

  private void tool(String name, Outside outside) throws Exception {
    admin
        .put(
            "/v1/tools/" + name,
            """
            kind: http
            description: Deletes files
            risk: destructive
            approvers: ['role:officer']
            config: {method: post, url: '%s/delete'}
            """
                .formatted(outside.url()))
        .expect(201);
  }
}
