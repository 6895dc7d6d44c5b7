package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people decide, and what agents may do without them. */
class ApprovalsTest {
  private static final SessionId SESSION = new SessionId("default", "helper", "s");

  private static Play asking(String with) {
    return Play.of(
            "- ask: { call: approval, with: { title: T, approvers: ['role:boss'], " + with + " } }")
        .start("{}");
  }

  private static String id(Play play) {
    return play.facts(Fact.ApprovalRequested.class).getLast().approvalId();
  }

  private static Play agentAtWork(String... approvers) {
    return Play.of("- ask: { call: agent, with: { agent: helper, message: hi } }")
        .agent("helper", "t")
        .tool("t", OnUnknownOutcome.ASK, approvers)
        .tool("other", OnUnknownOutcome.ASK)
        .start("{}");
  }

  private static Play wants(Play play, String callId, String tool) {
    String key = play.facts(Fact.CallDispatched.class).getFirst().key();
    return play.give(new Stimulus.ToolWanted(SESSION, key, callId, tool, Play.json("{\"a\":1}")));
  }

  private static List<SessionCommand.ToolSettled> told(Play play) {
    return play.effects.stream()
        .filter(e -> e instanceof Effect.Tell)
        .map(e -> ((Effect.Tell) e).command())
        .filter(SessionCommand.ToolSettled.class::isInstance)
        .map(SessionCommand.ToolSettled.class::cast)
        .toList();
  }

  @Test
  void anApproverDecidesAndTheRunGoesOnWithTheDecision() {
    Play play = asking("quorum: 1");
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.output().path("decision").asText()).isEqualTo("approve");
    assertThat(play.output().path("by").asText()).isEqualTo("user:bob");
  }

  @Test
  void neitherAStrangerNorTheRequesterMayDecide() {
    Play play = asking("quorum: 1");
    play.decide(id(play), "approve", "user:bob", "intern");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.NotAllowed.class);
    play.decide(id(play), "approve", "user:ada", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.NotAllowed.class);
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
  }

  @Test
  void aQuorumNeedsDifferentPeopleAndOneRejectionSettles() {
    Play play = asking("quorum: 2");
    play.decide(id(play), "approve", "user:bob", "boss");
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.NotAllowed.class);
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.decide(id(play), "approve", "user:cat", "boss");
    assertThat(play.output().path("decision").asText()).isEqualTo("approve");

    Play rejected = asking("quorum: 2");
    rejected.decide(id(rejected), "reject", "user:bob", "boss");
    assertThat(rejected.output().path("decision").asText()).isEqualTo("reject");
  }

  @Test
  void aDecidedApprovalIsClosed() {
    Play play = asking("quorum: 1");
    String id = id(play);
    play.decide(id, "approve", "user:bob", "boss").decide(id, "reject", "user:cat", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
    play.decide("r1-999", "reject", "user:cat", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.NotFound.class);
  }

  @Test
  void timeEscalatesAndThenExpires() {
    Play play = asking("expires: PT2H, escalate: [ { after: PT1H, to: ['role:chief'] } ]");
    play.decide(id(play), "approve", "user:dan", "chief");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.NotAllowed.class);
    play.pass(Duration.ofMinutes(61));
    assertThat(play.facts(Fact.ApprovalEscalated.class)).hasSize(1);
    assertThat(Summaries.approval(Play.RUN, play.state, id(play)).orElseThrow().approvers())
        .contains("role:chief");
    play.pass(Duration.ofMinutes(60));
    assertThat(play.output().path("decision").asText()).isEqualTo("expire");
  }

  @Test
  void aHeldToolCallIsMadeOnceItIsApprovedAndNotBefore() {
    Play play =
        Play.of("- act: { call: tool, with: { tool: t, arguments: { a: 1 } } }")
            .tool("t", OnUnknownOutcome.ASK, "role:boss")
            .start("{}");
    assertThat(play.sent()).isEmpty();
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).hasSize(1);
    assertThat(play.lastSent().arguments()).isEqualTo(Play.json("{\"a\":1}"));
  }

  @Test
  void aRejectedToolCallFaultsWith403() {
    Play play =
        Play.of("- act: { call: tool, with: { tool: t, arguments: { a: 1 } } }")
            .tool("t", OnUnknownOutcome.ASK, "role:boss")
            .start("{}");
    play.decide(id(play), "reject", "user:bob", "boss");
    assertThat(play.sent()).isEmpty();
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(403);
  }

  // -- agents -------------------------------------------------------------------------------------

  @Test
  void anAgentsGrantedToolIsCalledByItsRunAndTheResultToldToTheSession() {
    Play play = wants(agentAtWork(), "c1", "t");
    assertThat(play.sent()).hasSize(1);
    play.succeed(play.lastSent().key(), 1, "{\"n\":1}");
    assertThat(told(play)).hasSize(1);
    assertThat(told(play).getFirst().outcome()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void aToolTheAgentHasNoGrantForIsRefusedByNameOfTheRule() {
    Play play = wants(agentAtWork(), "c1", "other");
    assertThat(play.sent()).isEmpty();
    assertThat(play.facts(Fact.ToolRefused.class).getFirst().rule()).isEqualTo("agent-tools");
    assertThat(((Outcome.Failed) told(play).getFirst().outcome()).status()).isEqualTo(403);
  }

  @Test
  void askingTwiceForTheSameToolCallMakesItOnce() {
    Play play = wants(wants(agentAtWork(), "c1", "t"), "c1", "t");
    assertThat(play.sent()).hasSize(1);
    play.crash();
    assertThat(play.facts(Fact.CallUnknown.class)).hasSize(1);
  }

  @Test
  void anAgentsToolThatNeedsApprovalWaitsForAPerson() {
    Play play = wants(agentAtWork("role:boss"), "c1", "t");
    assertThat(play.sent()).isEmpty();
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.decide(id(play), "reject", "user:bob", "boss");
    assertThat(((Outcome.Failed) told(play).getFirst().outcome()).detail()).contains("user:bob");
  }

  @Test
  void theAgentsReplyEndsTheCallAndWhatItLeftBehind() {
    Play play = wants(agentAtWork(), "c1", "t");
    String key = play.facts(Fact.CallDispatched.class).getFirst().key();
    play.succeed(key, 1, "{\"message\":\"done\"}");
    assertThat(play.output().path("message").asText()).isEqualTo("done");
    assertThat(play.state.live()).isEmpty();
  }
}
