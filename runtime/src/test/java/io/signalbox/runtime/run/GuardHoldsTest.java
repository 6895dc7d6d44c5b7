package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.guard.Action;
import io.signalbox.protocol.guard.Check;
import io.signalbox.protocol.guard.Finding;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.guard.Guarded.Verdict;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.guard.Stage;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What guardrails found is written down, and what they hold waits for a person. */
class GuardHoldsTest {
  private static final SessionId SESSION = new SessionId("default", "helper", "s");

  private static Guardrail rail(String detector, Action action, String options) {
    return new Guardrail(
        "rail",
        List.of(),
        List.of(),
        List.of(),
        List.of(new Check(detector, List.of(Stage.ARGUMENTS), action, Play.json(options))),
        Optional.empty(),
        List.of("role:boss"),
        Action.BLOCK);
  }

  private static Play calling() {
    return Play.of("- call: { call: tool, with: { tool: t, arguments: { a: 1 } } }")
        .tool("t", OnUnknownOutcome.ASK)
        .guardrail(rail("card", Action.ASK, "{}"))
        .start("{}");
  }

  private static Guarded guarded(Verdict verdict, Action action) {
    var finding =
        new Finding("rail", "card", "card", Stage.ARGUMENTS, "/a", action, Optional.of(0.9));
    return new Guarded(verdict, List.of(finding), List.of("role:boss"), 10);
  }

  private static Outcome refused() {
    return new Outcome.Failed("authorization", 403, "guardrail rail", Optional.empty());
  }

  private static String asked(Play play) {
    return play.facts(Fact.ApprovalRequested.class).getLast().approvalId();
  }

  @Test
  void aCallTakesTheGuardrailsThatFitAlong() {
    var guards = calling().lastSent().guards().orElseThrow();
    assertThat(guards.rules()).extracting(Guardrail::name).containsExactly("rail");
    assertThat(guards.where().target()).isEqualTo("t");
    assertThat(guards.cleared()).isFalse();
  }

  @Test
  void whatIsHeldBeforeItIsSentIsSentClearedAfterTheYes() {
    Play play = calling();
    String key = play.lastSent().key();
    play.give(
        new Stimulus.Performed(key, 1, refused(), Optional.of(guarded(Verdict.HELD, Action.ASK))));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.decide(asked(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).hasSize(2);
    assertThat(play.lastSent().guards().orElseThrow().cleared()).isTrue();
    play.succeed(key, 1, "{\"done\":true}");
    assertThat(play.output().path("done").asBoolean()).isTrue();
  }

  @Test
  void whatIsHeldAfterItCameBackIsNotSentAgain() {
    Play play = calling();
    var done = new Outcome.Succeeded(Play.json("{\"b\":2}"), new Usage(1, 2, 3, 4));
    play.give(
        new Stimulus.Performed(
            play.lastSent().key(), 1, done, Optional.of(guarded(Verdict.HELD, Action.ASK))));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.decide(asked(play), "approve", "user:bob", "boss");
    assertThat(play.sent()).hasSize(1);
    assertThat(play.output().path("b").asInt()).isEqualTo(2);
    assertThat(play.view().usage()).isEqualTo(new Usage(1, 2, 3, 4));
  }

  @Test
  void whatAPersonDoesNotLetPassFails() {
    Play play = calling();
    play.give(
        new Stimulus.Performed(
            play.lastSent().key(), 1, refused(), Optional.of(guarded(Verdict.HELD, Action.ASK))));
    play.decide(asked(play), "reject", "user:bob", "boss");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.sent()).hasSize(1);
  }

  @Test
  void whatIsBlockedFailsAndFindingsAreWrittenDown() {
    Play play = calling();
    play.give(
        new Stimulus.Performed(
            play.lastSent().key(),
            1,
            refused(),
            Optional.of(guarded(Verdict.BLOCKED, Action.BLOCK))));
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.facts(Fact.CallGuarded.class)).hasSize(1);
  }

  @Test
  void anAgentThatWantsTheSameAgainAndAgainIsRefused() {
    Play play =
        Play.of("- ask: { call: agent, with: { agent: helper, message: hi } }")
            .agent("helper", "t")
            .tool("t", Risk.READ, OnUnknownOutcome.ASK)
            .guardrail(rail("loop", Action.BLOCK, "{\"max\":2}"))
            .start("{}");
    String key = play.facts(Fact.CallDispatched.class).getFirst().key();
    for (int i = 1; i <= 3; i++) {
      play.give(new Stimulus.ToolWanted(SESSION, key, "c" + i, "t", Play.json("{\"a\":1}")));
    }
    assertThat(play.sent()).hasSize(2);
    assertThat(play.facts(Fact.ToolRefused.class).getFirst().rule()).isEqualTo("guardrail:rail");
    play.give(new Stimulus.ToolWanted(SESSION, key, "c4", "t", Play.json("{\"a\":2}")));
    assertThat(play.sent()).hasSize(3);
  }

  @Test
  void findingsInAMessageAreNotedWhileItIsUnderWayAndNotAfterwards() {
    Play play =
        Play.of("- ask: { call: agent, with: { agent: helper, message: hi } }")
            .agent("helper", "t")
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    String key = play.facts(Fact.CallDispatched.class).getFirst().key();
    play.give(new Stimulus.Noticed(key, guarded(Verdict.PASSED, Action.FLAG)));
    assertThat(play.facts(Fact.CallGuarded.class)).hasSize(1);
    play.give(
        new Stimulus.Performed(key, 1, refused(), Optional.of(guarded(Verdict.HELD, Action.ASK))));
    play.decide(asked(play), "approve", "user:bob", "boss");
    play.succeed(key, 1, "{\"message\":\"hello\"}");
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
    play.give(new Stimulus.Noticed(key, guarded(Verdict.PASSED, Action.FLAG)));
    assertThat(play.facts(Fact.CallGuarded.class)).hasSize(2);
  }
}
