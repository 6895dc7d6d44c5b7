package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  // -- flow ---------------------------------------------------------------------------------------

  @Test
  void tasksRunInOrderAndInOneTurn() {
    Play play =
        Play.of(
                """
                - a: { set: { n: 1 } }
                - b: { set: { n: '${ .n + 1 }' } }
                """)
            .start("{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":2}"));
    assertThat(play.turns).hasSize(1);
  }

  @Test
  void outsideCallsInSequenceCostOneRowMoreThanTheirNumber() {
    Play play =
        Play.of(
                """
                - a: { call: tool, with: { tool: t, arguments: {} } }
                - b: { call: tool, with: { tool: t, arguments: {} } }
                - c: { call: tool, with: { tool: t, arguments: {} } }
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    for (int i = 0; i < 3; i++) {
      play.succeed(play.lastSent().key(), 1, "{}");
    }
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(play.turns).hasSize(4);
  }

  @Test
  void aSwitchSendsControlToTheFirstCaseThatHolds() {
    String tasks =
        """
        - pick:
            switch:
              - one: { when: .n == 1, then: first }
              - rest: { then: end }
        - zero: { set: { at: zero } }
        - first: { set: { at: first }, then: end }
        """;
    assertThat(Play.of(tasks).start("{\"n\":1}").output())
        .isEqualTo(Play.json("{\"at\":\"first\"}"));
    assertThat(Play.of(tasks).start("{\"n\":2}").output()).isEqualTo(Play.json("{\"n\":2}"));
  }

  @Test
  void aTaskWhoseConditionFailsIsSkippedAndItsInputFlowsOn() {
    Play play = Play.of("- a: { if: '.n > 5', set: { gone: true } }").start("{\"n\":1}");
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":1}"));
    assertThat(play.facts(Fact.TaskSkipped.class)).hasSize(1);
  }

  @Test
  void aLoopSeesItemIndexAndTheOutputOfTheRoundBefore() {
    Play play =
        Play.of(
                """
                - loop:
                    for: { each: x, in: .xs, at: i }
                    while: $i < 2
                    do:
                      - add: { set: { sum: '${ (.sum // 0) + $x + $i }' } }
                """)
            .start("{\"xs\":[10,20,30]}");
    assertThat(play.output()).isEqualTo(Play.json("{\"sum\":31}"));
  }

  @Test
  void aForkGivesTheOutputsOfItsBranchesInOrder() {
    Play play =
        Play.of(
                """
                - both:
                    fork:
                      branches:
                        - x: { call: tool, with: { tool: t, arguments: { n: 1 } } }
                        - y: { call: tool, with: { tool: t, arguments: { n: 2 } } }
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    Perform x = play.sent().get(0);
    Perform y = play.sent().get(1);
    play.succeed(y.key(), 1, "2").succeed(x.key(), 1, "1");
    assertThat(play.output()).isEqualTo(Play.json("[1,2]"));
  }

  @Test
  void theFirstOfCompetingBranchesWinsAndTheOthersAreCancelled() {
    Play play =
        Play.of(
                """
                - race:
                    fork:
                      compete: true
                      branches:
                        - x: { call: tool, with: { tool: t, arguments: { n: 1 } } }
                        - y: { call: tool, with: { tool: t, arguments: { n: 2 } } }
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    play.succeed(play.sent().get(1).key(), 1, "{\"won\":\"y\"}");
    assertThat(play.output()).isEqualTo(Play.json("{\"won\":\"y\"}"));
    assertThat(play.facts(Fact.TaskCancelled.class)).hasSize(1);
  }

  @Test
  void endEndsTheWholeWorkflowAndExitLeavesOnlyTheList() {
    assertThat(
            Play.of(
                    """
                    - inner:
                        do:
                          - a: { set: { at: a }, then: exit }
                          - b: { set: { at: b } }
                    - after: { set: { was: '${ .at }' } }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"was\":\"a\"}"));
    assertThat(
            Play.of(
                    """
                    - inner:
                        do:
                          - a: { set: { at: a }, then: end }
                    - after: { set: { at: after } }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"at\":\"a\"}"));
  }

  @Test
  void anEndlessLoopEndsItsTurnAndCanBeCancelled() {
    Play play =
        Play.of(
                """
                - a: { set: { n: 1 } }
                - b: { set: { n: 2 }, then: a }
                """)
            .start("{}");
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    play.give(new Stimulus.Control(Verb.CANCEL, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void exportedContextIsSeenByLaterTasks() {
    assertThat(
            Play.of(
                    """
                    - a: { set: { n: 7 }, export: { as: '{ kept: .n }' } }
                    - b: { set: { got: '${ $context.kept }' } }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"got\":7}"));
  }

  // -- errors -------------------------------------------------------------------------------------

  @Test
  void aRetryWaitsWithBackoffAndThenGivesTheErrorToTheHandler() {
    Play play =
        Play.of(
                """
                - guarded:
                    try:
                      - act: { call: tool, with: { tool: t, arguments: {} } }
                    catch:
                      errors: { with: { status: 503 } }
                      as: err
                      retry:
                        delay: { seconds: 10 }
                        backoff: { exponential: {} }
                        limit: { attempt: { count: 2 } }
                      do:
                        - handle: { set: { failed: '${ $err.status }' } }
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    play.fail(play.lastSent().key(), 1, "communication", 503);
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.pass(Duration.ofSeconds(9));
    assertThat(play.sent()).hasSize(1);
    play.pass(Duration.ofSeconds(2));
    assertThat(play.sent()).hasSize(2);
    assertThat(play.lastSent().key()).isNotEqualTo(play.sent().getFirst().key());
    play.fail(play.lastSent().key(), 1, "communication", 503).pass(Duration.ofSeconds(21));
    play.fail(play.lastSent().key(), 1, "communication", 503);
    assertThat(play.output()).isEqualTo(Play.json("{\"failed\":503}"));
  }

  @Test
  void anErrorNobodyCatchesFaultsTheRunAndARetryGoesOnFromTheFailedTask() {
    Play play =
        Play.of(
                """
                - first: { call: tool, with: { tool: t, arguments: {} } }
                - second: { call: tool, with: { tool: t, arguments: {} } }
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    play.succeed(play.lastSent().key(), 1, "{\"kept\":true}");
    play.fail(play.lastSent().key(), 1, "communication", 500);
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/1/second");
    play.give(new Stimulus.Control(Verb.RETRY, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.sent()).hasSize(3);
    play.succeed(play.lastSent().key(), 1, "{\"done\":true}");
    assertThat(play.output()).isEqualTo(Play.json("{\"done\":true}"));
  }

  @Test
  void aRaisedErrorIsCaughtByTypeInBothSpellingsOfTheStandard() {
    assertThat(
            Play.of(
                    """
                    - guarded:
                        try:
                          - bad:
                              raise:
                                error:
                                  type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
                                  status: 408
                                  title: late
                        catch:
                          errors:
                            with: { type: https://serverlessworkflow.io/dsl/errors/types/timeout }
                          do:
                            - ok: { set: { caught: '${ $error.instance }' } }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"caught\":\"/do/0/guarded/try/0/bad\"}"));
  }

  @Test
  void aTaskThatTakesTooLongFaultsWithATimeout() {
    Play play =
        Play.of(
                "- act: { listen: { to: { one: { with: { type: x } } } }, timeout: { after: PT1M } }")
            .start("{}");
    play.pass(Duration.ofSeconds(61));
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(408);
  }

  @Test
  void aBrokenExpressionFaultsTheTaskAndNothingIsThrown() {
    Play play =
        Play.of("- a: { set: { x: '${ .a.b.c + {} | error(\"no\") }' } }").start("{\"a\":1}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().type()).endsWith("expression");
  }
}
