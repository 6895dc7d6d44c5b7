package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import org.junit.jupiter.api.Test;

/** Where control goes. */
class DirectivesTest {
  @Test
  void theDefaultCaseIsTakenOnlyWhenNoOtherHoldsWhereverItStands() {
    String tasks =
        """
        - pick: { switch: [{ rest: { then: other } }, { one: { when: .n == 1, then: first } }] }
        - other: { set: { at: other }, then: end }
        - first: { set: { at: first } }
        """;
    assertThat(Play.of(tasks).start("{\"n\":1}").output())
        .isEqualTo(Play.json("{\"at\":\"first\"}"));
    assertThat(Play.of(tasks).start("{\"n\":2}").output())
        .isEqualTo(Play.json("{\"at\":\"other\"}"));
  }

  @Test
  void aSwitchWithoutAFittingCaseContinues() {
    assertThat(
            Play.of(
                    "- pick: { switch: [{ one: { when: 'false', then: end } }] }\n- b: { set: { b: 1 } }")
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"b\":1}"));
  }

  @Test
  void goingBackMakesALoopThatTurnsCut() {
    Play play =
        Play.of(
                """
                - count: { set: { n: '${ .n + 1 }' } }
                - more: { switch: [{ again: { when: .n < 2000, then: count } }] }
                """)
            .start("{\"n\":0}");
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":2000}"));
    assertThat(play.turns).hasSizeGreaterThan(5);
    assertThat(play.turns).allSatisfy(t -> assertThat(t.facts()).hasSizeLessThan(1010));
  }

  @Test
  void exitLeavesOnlyItsOwnListAndInALoopTheWholeLoop() {
    assertThat(
            Play.of(
                    """
                    - outer:
                        do:
                          - inner: { do: [{ a: { set: { n: 1 }, then: exit } }, { b: { set: { n: 2 } } }] }
                          - c: { set: { n: '${ .n * 10 }' } }
                    - d: { set: { n: '${ .n + 5 }' } }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"n\":15}"));
    assertThat(
            Play.of(
                    """
                    - loop:
                        for: { in: '[1,2,3]' }
                        do:
                          - add: { set: { n: '${ (.n // 0) + $item }' } }
                          - stop: { switch: [{ two: { when: $item == 2, then: exit } }] }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"n\":3}"));
  }

  @Test
  void exitInATryAndInItsHandlerLeavesTheTry() {
    assertThat(
            Play.of(
                    """
                    - guard:
                        try: [{ a: { set: { n: 1 }, then: exit } }, { b: { raise: { error: { type: 'https://x.y/z', status: 500 } } } }]
                        catch: { do: [{ h: { set: { n: 9 } } }] }
                    - again:
                        try: [{ b: { raise: { error: { type: 'https://x.y/z', status: 500 } } } }]
                        catch: { do: [{ h: { set: { n: '${ .n + 1 }' }, then: exit } }, { never: { set: { n: 9 } } }] }
                    """)
                .start("{}")
                .output())
        .isEqualTo(Play.json("{\"n\":2}"));
  }

  @Test
  void endInABranchEndsTheWorkflowAndCancelsTheOthers() {
    for (String branch :
        new String[] {
          "{ set: { won: true }, then: end }",
          "{ do: [{ x: { set: { won: true }, then: end } }] }",
          "{ if: 'false', set: { won: false }, then: end }",
          "{ do: [{ x: { set: { won: true } } }, { s: { switch: [{ d: { then: end } }] } }] }"
        }) {
      Play play =
          Play.of(
                  """
                  - both: { fork: { branches: [{ slow: { call: tool, with: { tool: t } } }, { quick: %s }] } }
                  - never: { set: { won: false } }
                  """
                      .formatted(branch))
              .tool("t", OnUnknownOutcome.ASK)
              .start("{\"won\":true}");
      assertThat(play.output()).as(branch).isEqualTo(Play.json("{\"won\":true}"));
      assertThat(play.facts(Fact.TaskCancelled.class))
          .extracting(Fact.TaskCancelled::task)
          .contains("/do/0/both/fork/branches/0/slow");
    }
  }

  @Test
  void ofCompetingBranchesThatAreDoneAtOnceTheFirstInTheListWins() {
    Play play =
        Play.of(
                """
                - race: { fork: { compete: true, branches: [{ a: { set: { by: a } } }, { b: { set: { by: b } } }, { c: { set: { by: c } } }] } }
                """)
            .start("{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"by\":\"a\"}"));
    assertThat(play.facts(Fact.TaskCompleted.class)).hasSize(2);
  }

  @Test
  void aBranchThatFailsFaultsTheForkAndCancelsTheOthers() {
    Play play =
        Play.of(
                """
                - guard:
                    try:
                      - both: { fork: { branches: [{ slow: { wait: PT1H } }, { bad: { raise: { error: { type: 'https://x.y/z', status: 500 } } } }] } }
                    catch: { do: [{ h: { set: { at: '${ $error.instance }' } } }] }
                """)
            .start("{}");
    assertThat(play.output())
        .isEqualTo(Play.json("{\"at\":\"/do/0/guard/try/0/both/fork/branches/1/bad\"}"));
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void theHandlerSeesTheTrysInputAndTheErrorUnderItsName() {
    Play play =
        Play.of(
                """
                - guard:
                    input: { from: .a }
                    try: [{ x: { set: { b: 2 } } }, { bad: { raise: { error: { type: 'https://x.y/z', status: 500, title: '${ "T\\(.b)" }' } } } }]
                    catch: { as: oops, do: [{ h: { set: { input: '${ . }', title: '${ $oops.title }' } } }] }
                """)
            .start("{\"a\":{\"n\":1}}");
    assertThat(play.output()).isEqualTo(Play.json("{\"input\":{\"n\":1},\"title\":\"T2\"}"));
  }

  @Test
  void moreItemsThanALoopMayHaveIsAValidationError() {
    Play play =
        Play.of("- loop: { for: { in: '[range(100001)]' }, do: [{ a: { set: { n: 1 } } }] }")
            .start("{}");
    assertThat(play.view().error().orElseThrow().type()).endsWith("/validation");
    assertThat(play.view().error().orElseThrow().detail().orElseThrow())
        .contains("100001 items, more than 100000 (signalbox.runtime.runs.loop-items)");
  }

  @Test
  void aLoopOverNoItemsPutsOutWhatFlowedIn() {
    assertThat(
            Play.of("- loop: { for: { in: '[]' }, do: [{ a: { set: { n: 1 } } }] }")
                .start("{\"x\":1}")
                .output())
        .isEqualTo(Play.json("{\"x\":1}"));
  }
}
