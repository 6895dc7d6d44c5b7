package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.freeze.Freeze;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The kill switch, as a run obeys it. */
class FreezingTest {
  private static final String TOOL = "- use: {call: tool, with: {tool: pay, arguments: {n: 1}}}";
  private static final String TWO = TOOL + "\n- done: {set: {done: true}}";

  private static Curbs frozen(String what, String target) {
    return new Curbs(
        List.of(), List.of(new Freeze("f1", what, target, "drill", "user:ada", Instant.EPOCH)));
  }

  private static Play play(String tasks) {
    return Play.of(tasks)
        .tool("pay", OnUnknownOutcome.ASK)
        .tool("look", Risk.READ, OnUnknownOutcome.ASK)
        .agent("helper", "pay", "look");
  }

  private static Play curbed(Play play, Curbs curbs) {
    play.curbs = curbs;
    return play;
  }

  @Test
  void aRunThatBeginsInAFrozenNamespaceStandsStillAndGoesOnOnceThawed() {
    Play play = curbed(play(TWO), frozen(Freeze.NAMESPACE, "default")).start("{}");
    assertThat(play.status()).isEqualTo(RunStatus.SUSPENDED);
    assertThat(play.view().waitingFor())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo("freeze");
              assertThat(it.id()).contains("freeze:f1");
              assertThat(it.what()).isEqualTo("namespace:default: drill");
            });
    play.pass(Duration.ofHours(1)).crash();
    assertThat(play.sent()).isEmpty();
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(play.sent()).hasSize(1);
    assertThat(play.facts()).filteredOn(Fact.RunThawed.class::isInstance).hasSize(1);
  }

  @Test
  void whatArrivesWhileFrozenIsRecordedAndLeadsToNothing() {
    Play play = play(TOOL + "\n- again: {call: tool, with: {tool: pay}}").start("{}");
    curbed(play, frozen(Freeze.EVERYTHING, "")).succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.facts()).filteredOn(Fact.CallSettled.class::isInstance).hasSize(1);
    assertThat(play.sent()).hasSize(1);
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(play.sent()).hasSize(2);
  }

  @Test
  void aChildOfARunInAFrozenNamespaceStandsStillAsWell() {
    Begun begun =
        new Begun(
            new io.signalbox.protocol.WorkflowRef("elsewhere", "child", "1"),
            "d",
            Play.json("{}"),
            java.util.Map.of(),
            "user:ada",
            Instant.EPOCH,
            Optional.empty(),
            Optional.of(
                new io.signalbox.protocol.run.Parent(
                    "up", "/do/0", "up-3", true, 1, Optional.of(List.of("above", "top")))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var rules =
        new io.signalbox.runtime.catalog.Rulebook(
            1,
            java.util.Map.of(),
            java.util.Map.of(),
            java.util.Map.of(),
            io.signalbox.runtime.taint.TaintPolicy.STANDARD,
            frozen(Freeze.NAMESPACE, "top"),
            io.signalbox.runtime.catalog.Authority.BUILT_IN);
    assertThat(Freezing.of(rules, begun)).isPresent();
    assertThat(Freezing.namespaces(begun)).containsExactly("elsewhere", "above", "top");
  }

  @Test
  void aCallToAFrozenToolWaitsAndIsSentUnderItsOwnKeyOnceThawed() {
    Play play = curbed(play(TOOL), frozen(Freeze.TOOL, "pay")).start("{}");
    assertThat(play.sent()).isEmpty();
    assertThat(play.view().waitingFor())
        .singleElement()
        .satisfies(w -> assertThat(w.kind()).isEqualTo("freeze"));
    play.pass(Duration.ofHours(1));
    assertThat(play.facts()).filteredOn(Fact.CallHeld.class::isInstance).hasSize(1);
    play.crash();
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(play.lastSent().attempt()).isEqualTo(1);
    assertThat(play.lastSent().tool()).isPresent();
    play.succeed(play.lastSent().key(), 1, "{\"ok\":true}");
    assertThat(play.output().path("ok").asBoolean()).isTrue();
  }

  @Test
  void anApprovedCallIsStillHeldByAFreeze() {
    Play play =
        curbed(
                Play.of(TOOL).tool("pay", OnUnknownOutcome.ASK, "user:bob"),
                frozen(Freeze.TOOL, "pay"))
            .start("{}");
    String approval = play.facts(Fact.ApprovalRequested.class).getFirst().approvalId();
    play.decide(approval, "approve", "user:bob");
    assertThat(play.sent()).isEmpty();
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(play.sent()).hasSize(1);
  }

  @Test
  void aHeldCallThatIsForbiddenMeanwhileIsNotSentOnceThawed() {
    Play play = curbed(play(TOOL), frozen(Freeze.TOOL, "pay")).start("{}");
    play.policies(
        new Policy(
            "stop",
            "",
            "enforce",
            List.of(
                new Policy.Rule(
                    "pay",
                    Policy.Effect.DENY,
                    List.of("pay"),
                    Optional.empty(),
                    List.of(),
                    Optional.empty()))));
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(play.sent()).isEmpty();
    assertThat(play.facts(Fact.RunFaulted.class).getFirst().error().rule())
        .contains("policy:stop/pay");
  }

  @Test
  void aFrozenAgentIsNotAsked() {
    Play play =
        curbed(
                play("- ask: {call: agent, with: {agent: helper, message: hi}}"),
                frozen(Freeze.AGENT, "helper"))
            .start("{}");
    assertThat(play.effects).isEmpty();
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(told(play)).hasSize(1);
  }

  @Test
  void aFrozenAgentsToolCallWaitsAndItHearsOfNothing() {
    Play play = play("- ask: {call: agent, with: {agent: helper, message: hi}}").start("{}");
    SessionId session = new SessionId("default", "helper", "s");
    String key = "r1-2";
    play.give(new Stimulus.ToolWanted(session, key, "c1", "pay", Play.json("{}")));
    curbed(play, frozen(Freeze.AGENT, "helper")).succeed(play.lastSent().key(), 1, "{}");
    play.give(new Stimulus.ToolWanted(session, key, "c2", "look", Play.json("{}")));
    assertThat(play.sent()).hasSize(1);
    assertThat(told(play)).hasSize(1);
    curbed(play, Curbs.NONE).pass(Duration.ofSeconds(1));
    assertThat(play.sent()).hasSize(2);
    var rules =
        new io.signalbox.runtime.catalog.Rulebook(1, java.util.Map.of(), java.util.Map.of());
    assertThat(Effects.standing(Play.RUN, rules, play.state))
        .filteredOn(
            it -> it instanceof Effect.Tell t && t.command() instanceof SessionCommand.ToolSettled)
        .hasSize(1);
  }

  private static List<Effect> told(Play play) {
    return play.effects.stream().filter(Effect.Tell.class::isInstance).toList();
  }

  @Test
  void aFrozenRunMayBeCancelledAndSuspended() {
    Play play = curbed(play(TWO), frozen(Freeze.EVERYTHING, "")).start("{}");
    play.give(control(Verb.SUSPEND));
    assertThat(play.state.phase()).isInstanceOf(Phase.Suspended.class);
    play.give(control(Verb.RESUME));
    assertThat(play.sent()).isEmpty();
    play.pass(Duration.ofSeconds(1));
    assertThat(play.state.phase()).isInstanceOf(Phase.Frozen.class);
    play.give(control(Verb.CANCEL));
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
  }

  private static Stimulus control(Verb verb) {
    return new Stimulus.Control(verb, "user:ada", Optional.empty(), Optional.empty());
  }
}
