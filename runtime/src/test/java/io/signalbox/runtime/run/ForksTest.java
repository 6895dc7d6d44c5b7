package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.ForkRun;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForksTest {
  private static final RunId FORK = new RunId("default", "r2");

  private static Definition definition(String tasks) {
    String head =
        "document: { dsl: '1.0.3', namespace: default, name: play, version: '1.0.0' }\ndo:\n";
    return switch (new DefinitionReader().read(head + tasks.indent(2))) {
      case Reading.Valid valid -> valid.definition();
      case Reading.Faulty faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }

  /** A fork of what has been played so far, decided a while later. */
  private record Forked(RunState state, List<Fact> facts, List<Effect> effects, String no) {
    <T extends Fact> List<T> facts(Class<T> type) {
      return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    RunStatus status() {
      return Summaries.status(state);
    }
  }

  private static Forked fork(Play play, String tasks, String input, String context) {
    var order =
        new ForkRun(
            "r1",
            play.state.nextSeq() - 1,
            Optional.empty(),
            input.isEmpty() ? Optional.empty() : Optional.of(Play.json(input)),
            context.isEmpty() ? Optional.empty() : Optional.of(Play.json(context)),
            "user:bob",
            Optional.empty());
    Rulebook rules = new Rulebook(1, Map.of(), Map.of());
    var now = play.now.plus(Duration.ofDays(1));
    Stimulus forked = new Stimulus.Forked(order, play.now);
    var decision =
        new Interpreter(Interpreter.Bounds.STANDARD)
            .decide(FORK, definition(tasks), rules, play.state, forked, now);
    Visited.EVER.decided(forked, play.state, decision);
    RunState state = play.state;
    for (Fact fact : decision.facts()) {
      RunState then = state.after(fact, now);
      Visited.EVER.happened(fact, state, then);
      state = then;
    }
    return new Forked(
        state,
        decision.facts(),
        Effects.of(FORK, rules, decision.facts(), RunState.UNSTARTED, state),
        decision.refusal().map(Object::toString).orElse(""));
  }

  private static Forked fork(Play play, String tasks) {
    return fork(play, tasks, "", "");
  }

  private static Play calling(OnUnknownOutcome policy) {
    return Play.of(CALL).tool("t", policy).start("{\"n\":1}");
  }

  private static final String CALL = "- a: { call: tool, with: { tool: t, arguments: {} } }\n";

  @Test
  void aCallInFlightIsAskedAboutUnlessItsPolicySaysOtherwise() {
    Forked asked = fork(calling(OnUnknownOutcome.ASK), CALL);
    assertThat(asked.effects()).isEmpty();
    assertThat(asked.facts(Fact.CallUnknown.class).getFirst().why()).contains("forked");
    assertThat(asked.status()).isEqualTo(RunStatus.WAITING);
    Forked again = fork(calling(OnUnknownOutcome.IDEMPOTENT), CALL);
    assertThat(again.facts(Fact.CallDispatched.class).getFirst().key()).isEqualTo("r1-2");
    assertThat(((Effect.Send) again.effects().getFirst()).perform().run()).isEqualTo(FORK);
    Forked probed = fork(calling(OnUnknownOutcome.PROBE), CALL);
    assertThat(probed.facts(Fact.CallProbed.class)).hasSize(1);
    Forked failed = fork(calling(OnUnknownOutcome.FAIL), CALL);
    assertThat(failed.status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void anEventIsAwaitedUnderAnIdOfItsOwn() {
    String tasks = "- a: { listen: { to: { one: { with: { type: go } } } } }\n";
    Forked forked = fork(Play.of(tasks).start("{}"), tasks);
    assertThat(forked.effects())
        .singleElement()
        .matches(e -> e instanceof Effect.Subscribe s && s.subscription().equals("r2-2"));
    assertThat(forked.status()).isEqualTo(RunStatus.WAITING);
  }

  @Test
  void anApprovalIsAskedAgain() {
    String tasks =
        "- a: { call: approval, with: { title: ok, approvers: ['user:ada'], expires: PT1H, quorum: 2 } }\n";
    Play play = Play.of(tasks).start("{}");
    play.decide(play.view().waitingFor().getFirst().id().orElseThrow(), "approve", "user:zoe", "x");
    Forked forked = fork(play, tasks);
    Fact.ApprovalRequested asked = forked.facts(Fact.ApprovalRequested.class).getFirst();
    assertThat(asked.approvalId()).isEqualTo("r2-2");
    assertThat(asked.requestedBy()).isEqualTo("user:bob");
    assertThat(asked.expires()).contains(play.now.plus(Duration.ofDays(1)).plusSeconds(3600));
    assertThat(Summaries.approval(FORK, forked.state(), "r2-2").orElseThrow().decisions())
        .isEmpty();
  }

  @Test
  void anAgentBeginsAnew() {
    String tasks = "- a: { call: agent, with: { agent: helper, message: hi } }\n";
    Play play = Play.of(tasks).agent("helper", "t").tool("t", OnUnknownOutcome.ASK).start("{}");
    play.give(
        new Stimulus.ToolWanted(
            new SessionId("default", "helper", "r1-2"), "r1-2", "c1", "t", Play.json("{}")));
    Forked forked = fork(play, tasks);
    assertThat(forked.facts(Fact.CallDispatched.class).getFirst().key()).isEqualTo("r2-2");
    assertThat(forked.facts(Fact.TaskCancelled.class)).hasSize(1);
  }

  @Test
  void timersHaveAsLongToGoAsTheyHad() {
    String tasks = "- a: { wait: PT1H, timeout: { after: PT2H } }\n- b: { set: { n: 1 } }\n";
    Play play = Play.of(tasks).start("{}").pass(Duration.ofMinutes(10));
    Forked forked = fork(play, tasks);
    assertThat(Timers.next(forked.state()))
        .contains(play.now.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(50)));
  }

  @Test
  void anotherInputFlowsWhereNothingElseHasFlowedYet() {
    String tasks =
        "- a: { wait: PT1H }\n- b: { set: { was: '${ . }', run: '${ $workflow.input }' } }\n";
    Play play = Play.of(tasks).start("{\"n\":1}");
    Forked forked = fork(play, tasks, "{\"n\":2}", "");
    assertThat(Summaries.view(FORK, forked.state()).input()).isEqualTo(Play.json("{\"n\":2}"));
    assertThat(forked.facts(Fact.TaskStarted.class)).hasSize(1);
    assertThat(forked.state().live().values())
        .filteredOn(a -> a.work() instanceof Work.Waiting)
        .singleElement()
        .matches(a -> a.input().equals(Play.json("{\"n\":2}")));
  }

  @Test
  void anotherInputLeavesAloneWhatHasFlowed() {
    String tasks = "- a: { set: { n: 7 } }\n- b: { wait: PT1H }\n";
    Forked forked = fork(Play.of(tasks).start("{\"n\":1}"), tasks, "{\"n\":2}", "{\"c\":3}");
    assertThat(forked.facts(Fact.TaskStarted.class)).isEmpty();
    assertThat(forked.state().context()).isEqualTo(Play.json("{\"c\":3}"));
    assertThat(forked.state().began().input()).isEqualTo(Play.json("{\"n\":2}"));
  }

  @Test
  void aFaultedRunGoesOnFromWhereItFailed() {
    Play play = calling(OnUnknownOutcome.ASK);
    play.fail(play.lastSent().key(), 1, "communication", 500);
    Forked forked = fork(play, "- a: { set: { fixed: true } }\n");
    assertThat(forked.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(Summaries.view(FORK, forked.state()).forkedFrom().orElseThrow().run())
        .isEqualTo("r1");
  }

  @Test
  void whatTheOtherRunDidIsNotUndoneHere() {
    String tasks =
        """
        - a: { set: { n: 1 }, metadata: { signalbox: { compensate: [ { u: { set: { n: 0 } } } ] } } }
        - b: { wait: PT1H }
        """;
    Forked forked = fork(Play.of(tasks).start("{}"), tasks);
    assertThat(forked.state().saga().kept()).isEmpty();
  }

  @Test
  void aRunThatHadEndedOrWasUndoingCannotBeForkedThere() {
    String done = "- a: { set: { n: 1 } }\n";
    assertThat(fork(Play.of(done).start("{}"), done).no()).contains("had ended");
    String undoing =
        """
        - a: { set: { n: 1 }, metadata: { signalbox: { compensate: [ { u: { wait: PT1H } } ] } } }
        - b: { raise: { error: { type: 'https://e', status: 400, title: no } } }
        """;
    assertThat(fork(Play.of(undoing).start("{}"), undoing).no()).contains("was undoing");
  }
}
