package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.approval.ApprovalPolicy;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Handling;
import io.signalbox.protocol.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What binds a decision: the arguments, the people, the time; and grants given in advance. */
class DecisionsTest {
  private static final SessionId SESSION = new SessionId("default", "helper", "s");

  private static ApprovalPolicy policy(int quorum, boolean reason, boolean owner, boolean handed) {
    return new ApprovalPolicy(
        quorum, reason, owner, handed, Optional.empty(), List.of(), List.of());
  }

  private static Play held(ApprovalPolicy policy) {
    return Play.of("- act: { call: tool, with: { tool: t, arguments: { a: 1 } } }")
        .asking("t", policy, "role:boss")
        .start("{}");
  }

  private static String id(Play play) {
    return play.facts(Fact.ApprovalRequested.class).getLast().approvalId();
  }

  private static ApprovalView view(Play play) {
    return Summaries.approval(Play.RUN, play.state, id(play)).orElseThrow();
  }

  private static void refusedFor(Play play, String rule) {
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.NotAllowed.class);
    assertThat(((Refusal.NotAllowed) play.refusal.get()).rule()).isEqualTo(rule);
    assertThat(play.sent()).isEmpty();
  }

  private static void conflicts(Play play) {
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
    assertThat(play.sent()).isEmpty();
  }

  @Test
  void whatIsSentIsWhatWasApprovedAfterAnEdit() {
    Play play = held(ApprovalPolicy.PLAIN);
    play.edit(id(play), Optional.of("{\"a\":2}"), Optional.empty(), "user:bob", "boss");
    assertThat(play.lastSent().arguments()).isEqualTo(Play.json("{\"a\":2}"));
    Fact.ApprovalDecided decided = play.facts(Fact.ApprovalDecided.class).getLast();
    assertThat(decided.vote().argumentsHash())
        .isEqualTo(Optional.of(Hashes.of(Play.json("{\"a\":2}"))));
    assertThat(play.sent()).hasSize(1);
    play.edit(id(play), Optional.of("{\"a\":3}"), Optional.empty(), "user:cat", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
    assertThat(play.sent()).hasSize(1);
  }

  @Test
  void anEditThatDoesNotFitTheToolIsRefusedWithThePlace() {
    Play play = held(ApprovalPolicy.PLAIN);
    play.edit(id(play), Optional.of("{\"a\":101}"), Optional.empty(), "user:bob", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Invalid.class);
    assertThat(((Refusal.Invalid) play.refusal.get()).faults().getFirst().pointer())
        .isEqualTo("/arguments/a");
    assertThat(play.sent()).isEmpty();
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
  }

  @Test
  void anApprovalOfArgumentsThatAreOthersByNowIsRefused() {
    Play play = held(policy(2, false, false, true));
    Optional<String> seen = view(play).argumentsHash();
    play.edit(id(play), Optional.of("{\"a\":2}"), Optional.empty(), "user:bob", "boss");
    play.edit(id(play), Optional.empty(), seen, "user:cat", "boss");
    conflicts(play);
    play.edit(id(play), Optional.empty(), view(play).argumentsHash(), "user:cat", "boss");
    assertThat(play.lastSent().arguments()).isEqualTo(Play.json("{\"a\":2}"));
  }

  @Test
  void anEditMakesEarlierApprovalsCountNoMore() {
    Play play = held(policy(2, false, false, true));
    play.decide(id(play), "approve", "user:ann", "boss");
    play.edit(id(play), Optional.of("{\"a\":9}"), Optional.empty(), "user:bob", "boss");
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    assertThat(play.sent()).isEmpty();
    // she may say yes to the new ones
    play.decide(id(play), "approve", "user:ann", "boss");
    assertThat(play.lastSent().arguments()).isEqualTo(Play.json("{\"a\":9}"));
    play.crash();
  }

  @Test
  void aToolThatIsGoneByTheTimeItIsApprovedIsNotCalled() {
    Play play = held(ApprovalPolicy.PLAIN).without("t");
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).isEmpty();
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void anAgentThatLostItsToolWhileWaitingDoesNotGetIt() {
    Play play = agent(ApprovalPolicy.PLAIN);
    play.agent("helper");
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).isEmpty();
  }

  @Test
  void aDecisionWithoutTheReasonThatIsNeededIsRefused() {
    Play play = held(policy(1, true, false, true));
    play.give(
        new Stimulus.Decided(
            id(play),
            "approve",
            new io.signalbox.protocol.access.Principal(
                "default", "user:bob", java.util.Set.of("boss"), false),
            Optional.of("  ")));
    assertThat(((Refusal.Invalid) play.refusal.orElseThrow()).faults().getFirst().pointer())
        .isEqualTo("/reason");
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).hasSize(1);
  }

  @Test
  void theAgentsOwnerIsKeptFromDecidingWhereTheToolSaysSo() {
    Play play = agent(policy(1, false, true, true));
    play.decide(id(play), "approve", "user:owen", "boss");
    refusedFor(play, "approval-four-eyes");
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).hasSize(1);
  }

  private static Play agent(ApprovalPolicy policy) {
    Play play =
        Play.of("- ask: { call: agent, with: { agent: helper, message: hi } }")
            .owned("helper", "user:owen", "t")
            .asking("t", policy, "role:boss")
            .start("{}");
    String key = play.facts(Fact.CallDispatched.class).getFirst().key();
    return play.give(new Stimulus.ToolWanted(SESSION, key, "c1", "t", Play.json("{\"a\":1}")));
  }

  @Test
  void whoIsKeptFromDecidingInTheWorkflowIsKept() {
    Play play =
        Play.of(
                "- ask: { call: approval, with: { title: T, approvers: ['role:boss'],"
                    + " neverBy: ['user:bob'], reasonRequired: true, delegable: false } }")
            .start("{}");
    play.decide(id(play), "approve", "user:bob", "boss");
    refusedFor(play, "approval-four-eyes");
    play.handle(id(play), Handling.DELEGATE, "user:cat", "user:dan", "boss");
    refusedFor(play, "approval-delegable");
  }

  @Test
  void whatSomebodyLooksAfterNobodyElseDecidesUntilTheyLetGoOrTimeIsUp() {
    Play play = held(ApprovalPolicy.PLAIN);
    play.handle(id(play), Handling.CLAIM, "user:ada", "", "boss");
    refusedFor(play, "approval-four-eyes");
    play.handle(id(play), Handling.CLAIM, "user:bob", "", "boss");
    play.decide(id(play), "approve", "user:cat", "boss");
    conflicts(play);
    play.handle(id(play), Handling.CLAIM, "user:cat", "", "boss");
    conflicts(play);
    play.handle(id(play), Handling.RELEASE, "user:cat", "", "boss");
    conflicts(play);
    play.handle(id(play), Handling.RELEASE, "user:bob", "", "boss");
    play.handle(id(play), Handling.CLAIM, "user:cat", "", "boss");
    play.pass(Duration.ofMinutes(16)).crash();
    play.decide(id(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).hasSize(1);
  }

  @Test
  void whoTheQuestionWasHandedToDecidesForWhoHandedItOnAndBothHaveOneVoice() {
    Play play = held(policy(2, false, false, true));
    play.decide(id(play), "approve", "user:dan", "intern");
    refusedFor(play, "approval-approvers");
    play.handle(id(play), Handling.DELEGATE, "user:bob", "user:ada", "boss");
    refusedFor(play, "approval-four-eyes");
    play.handle(id(play), Handling.DELEGATE, "user:bob", "role:x", "boss");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Invalid.class);
    play.handle(id(play), Handling.DELEGATE, "user:bob", "user:dan", "boss");
    play.decide(id(play), "approve", "user:bob", "boss");
    refusedFor(play, "approval-one-voice");
    play.handle(id(play), Handling.DELEGATE, "user:dan", "user:eve", "intern");
    refusedFor(play, "approval-delegable");
    play.decide(id(play), "approve", "user:dan", "intern");
    assertThat(view(play).decisions().getLast().onBehalfOf()).contains("user:bob");
    assertThat(play.sent()).isEmpty();
    play.decide(id(play), "approve", "user:cat", "boss").crash();
    assertThat(play.facts(Fact.CallDispatched.class)).hasSize(1);
  }

  // -- standing grants ----------------------------------------------------------------------------

  private static Play granted(StandingGrant grant, String arguments) {
    return Play.of("- act: { call: tool, with: { tool: t, arguments: " + arguments + " } }")
        .asking("t", ApprovalPolicy.PLAIN, "role:boss")
        .grant(grant)
        .start("{}");
  }

  private static StandingGrant grant(String by, Duration good) {
    Map<String, JsonNode> arguments = Map.of("a", Play.json("{\"maximum\":5}"));
    return new StandingGrant(
        "small",
        "t",
        Optional.empty(),
        arguments,
        java.time.Instant.parse("2026-01-01T00:00:00Z").plus(good),
        Optional.empty(),
        by,
        false);
  }

  @Test
  void aCoveredCallIsMadeAtOnceAndTheGrantIsOnRecord() {
    Play play = granted(grant("user:olga", Duration.ofHours(1)), "{ a: 5 }");
    assertThat(play.sent()).hasSize(1);
    Fact.GrantUsed used = play.facts(Fact.GrantUsed.class).getFirst();
    assertThat(used.grant()).isEqualTo("small");
    assertThat(used.grantedBy()).isEqualTo("user:olga");
    assertThat(used.argumentsHash()).isEqualTo(Hashes.of(Play.json("{\"a\":5}")));
    assertThat(play.facts(Fact.ApprovalRequested.class)).isEmpty();
  }

  @Test
  void otherArgumentsAreNotCovered() {
    for (String arguments : List.of("{ a: 6 }", "{ a: 5, b: 1 }", "{}")) {
      Play play = granted(grant("user:olga", Duration.ofHours(1)), arguments);
      assertThat(play.facts(Fact.GrantUsed.class)).as(arguments).isEmpty();
      assertThat(play.facts(Fact.ApprovalRequested.class)).as(arguments).hasSize(1);
    }
  }

  @Test
  void aGrantThatIsOverOrOnesOwnCoversNothing() {
    for (StandingGrant none :
        List.of(grant("user:olga", Duration.ZERO), grant("user:ada", Duration.ofHours(1)))) {
      Play play = granted(none, "{ a: 5 }");
      assertThat(play.sent()).isEmpty();
      assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    }
  }
}
