package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
  private static final DefinitionReader READER = new DefinitionReader();

  private static Definition definition(String version, String tasks) {
    String head =
        "document: { dsl: '1.0.3', namespace: default, name: play, version: '%s' }%ndo:%n"
            .formatted(version);
    return switch (READER.read(head + tasks.strip().indent(2))) {
      case Reading.Valid valid -> valid.definition();
      case Reading.Faulty faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }

  /** Begins a run of the first list of tasks, and follows it through the second. */
  private static Optional<Replay.Difference> from(Play play, String was, String now) {
    Replay replay = new Replay(Play.RUN, definition("1.0.0", was), definition("1.1.0", now));
    play.turns.forEach(replay::follow);
    Optional<Replay.Difference> difference = replay.difference();
    if (difference.isEmpty()) {
      assertThat(replay.state()).isEqualTo(play.state);
    }
    return difference;
  }

  private static Play started(String was) {
    return Play.of(was.strip() + "\n")
        .tool("t", OnUnknownOutcome.ASK)
        .start("{\"n\":1,\"xs\":[1,2]}");
  }

  private static final String BASE =
      """
      - a: { set: { n: '${ .n + 1 }' } }
      - b: { call: tool, with: { tool: t, arguments: {} } }
      - c: { set: { n: 3 } }
      """;

  @Test
  void aRunFitsWhatItFollowed() {
    assertThat(from(started(BASE), BASE, BASE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - a: { set: { n: 0 } }; - b: { call: tool, with: { tool: t, arguments: { x: 1 } } }; - d: { set: { n: 9 } }; - e: { set: { n: 1 } }
          - a: { set: { n: 0 }, output: { as: '{ m: .n }' } }; - b: { call: tool, with: { tool: t }, timeout: { after: PT1S } }
          """)
  void whatIsToComeAndWhatFlowedMayChange(String now) {
    assertThat(from(started(BASE), BASE, now.replace("; ", "\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - a: { set: { n: 0 } }; - x: { set: { n: 0 } }; - b: { call: tool, with: { tool: t } } | /do/1/b | there is no task here
          - b: { call: tool, with: { tool: t } } | /do/0/a | there is no task here
          - a: { raise: { error: { type: 'https://e', status: 400, title: t } } }; - b: { call: tool, with: { tool: t } } | /do/0/a | a 'raise' task
          - a: { set: { n: 0 } }; - b: { call: http, with: { method: get, endpoint: 'http://h' } } | /do/1/b | a call of http
          - a: { set: { n: 0 }, then: c }; - b: { call: tool, with: { tool: t } }; - c: { set: { n: 3 } } | /do/1/b | next comes /do/2/c
          - a: { set: { n: 0 }, then: end }; - b: { call: tool, with: { tool: t } } | /do/1/b | the workflow ends
          - a: { set: { n: 0 } }; - b: { if: .n == 7, call: tool, with: { tool: t } } | /do/1/b | its condition does not hold
          - a: { set: { n: 0 } }; - b: { if: error, call: tool, with: { tool: t } } | /do/1/b | it fails
          """)
  void theFirstDifferenceIsTold(String now, String pointer, String text) {
    Replay.Difference difference = from(started(BASE), BASE, now.replace("; ", "\n")).orElseThrow();
    assertThat(difference.pointer()).isEqualTo(pointer);
    assertThat(difference.now()).contains(text);
  }

  private static void differs(String was, String now, String pointer) {
    assertThat(from(started(was), was, now).map(Replay.Difference::pointer)).contains(pointer);
  }

  private static void fits(String was, String now) {
    assertThat(from(started(was), was, now)).isEmpty();
  }

  private static final String HOLD = "\n- hold: { wait: PT1H }";

  @Test
  void aConditionThatHoldsAfterAllIsTold() {
    differs(
        "- a: { if: '.n == 2', set: { n: 0 } }" + HOLD,
        "- a: { if: '.n == 1', set: { n: 0 } }" + HOLD,
        "/do/0/a");
    fits(
        "- a: { if: '.n == 2', set: { n: 0 } }" + HOLD,
        "- a: { if: '.n == 3', set: { n: 5 } }" + HOLD);
  }

  @Test
  void aChoiceThatWouldBeAnotherIsTold() {
    String was =
        "- s: { switch: [ { one: { when: '.n == %s', then: hold } }, { rest: { then: end } } ] }";
    differs(was.formatted("1") + HOLD, was.formatted("2") + HOLD, "/do/0/s");
    fits(was.formatted("1") + HOLD, was.formatted("1 and true") + HOLD);
  }

  @Test
  void aListThatWouldGoOnIsTold() {
    String one = "- d: { do: [ { x: { set: { n: 1 } } } ] }" + HOLD;
    String two = "- d: { do: [ { x: { set: { n: 1 } } }, { y: { set: { n: 1 } } } ] }" + HOLD;
    differs(one, two, "/do/0/d");
    differs(two, one, "/do/0/d/do/1/y");
  }

  @Test
  void aLoopThatWouldGoOtherwiseIsTold() {
    String loop = "- l: { for: { in: .xs }, while: '%s', do: [ { x: { set: { n: 1 } } } ] }" + HOLD;
    differs(loop.formatted("$index < 1"), loop.formatted("$index < 2"), "/do/0/l");
    differs(loop.formatted("$index < 2"), loop.formatted("$index < 1"), "/do/0/l");
    fits(loop.formatted("$index < 2"), loop.formatted("$index < 3"));
    String longer =
        "- l: { for: { in: .xs }, while: '$index < 2', do: [ { x: { set: { n: 1 } } }, { y: { set: { n: 1 } } } ] }"
            + HOLD;
    differs(loop.formatted("$index < 2"), longer, "/do/0/l");
  }

  @Test
  void aForkThatIsUnderWayMustHaveTheSameBranches() {
    String two = "- f: { fork: { branches: [ { x: { wait: PT1H } }, { y: { wait: PT2H } } ] } }";
    String three =
        "- f: { fork: { branches: [ { x: { wait: PT1H } }, { y: { wait: PT2H } }, { z: { set: { n: 1 } } } ] } }";
    differs(two, three, "/do/0/f/fork/branches/2/z");
    differs(three, two, "/do/0/f/fork/branches/2/z");
    differs(two, two.replace("fork: {", "fork: { compete: true,"), "/do/0/f");
  }

  @Test
  void aForkThatIsOverMustHaveHadAllItsBranches() {
    String one = "- f: { fork: { branches: [ { x: { set: { n: 1 } } } ] } }" + HOLD;
    String two =
        "- f: { fork: { branches: [ { x: { set: { n: 1 } } }, { y: { set: { n: 1 } } } ] } }"
            + HOLD;
    differs(one, two, "/do/0/f/fork/branches/1/y");
  }

  private static final String ATTEMPT =
      """
      - t:
          try: [ { boom: { raise: { error: { type: 'https://e', status: 400, title: no } } } } ]
          catch: { errors: { with: { status: 400 } }%s }
      """
          .stripTrailing();

  @Test
  void aTryThatCaughtMustStillCatch() {
    String was = ATTEMPT.formatted(", do: [ { h: { set: { n: 1 } } } ]") + HOLD;
    differs(was, was.replace("status: 400 } }", "status: 500 } }"), "/do/0/t");
    differs(was, ATTEMPT.formatted("") + HOLD, "/do/0/t/catch/do/0/h");
    differs(ATTEMPT.formatted("") + HOLD, was, "/do/0/t");
    fits(was, was.replace("n: 1", "n: 2"));
  }

  @Test
  void aTryThatLetAnErrorPassMustStillLetItPass() {
    String was =
        """
        - outer:
            try:
              - inner:
                  try: [ { boom: { raise: { error: { type: 'https://e', status: 400, title: no } } } } ]
                  catch: { errors: { with: { status: 500 } } }
            catch: { do: [ { hold: { wait: PT1H } } ] }
        """;
    differs(was, was.replace("status: 500", "status: 400"), "/do/0/outer/try/0/inner");
  }

  @Test
  void retriesMayWaitOtherwiseButMustBeThere() {
    String was = ATTEMPT.formatted(", retry: { delay: PT1H, limit: { attempt: { count: 3 } } }");
    fits(was, was.replace("PT1H", "PT2H"));
    fits(was, was.replace("count: 3", "count: 9"));
    differs(was, ATTEMPT.formatted(""), "/do/0/t");
    String used =
        ATTEMPT.formatted(
            ", retry: { limit: { attempt: { count: 1 } } }, do: [ { h: { wait: PT1H } } ]");
    differs(used, used.replace("count: 1", "count: 2"), "/do/0/t");
  }

  @Test
  void compensationsMustBeWhereTheyWere() {
    String with =
        "- a: { set: { n: 1 }, metadata: { signalbox: { compensate: [ { u: { set: { n: 0 } } } ] } } }"
            + HOLD;
    differs(with, "- a: { set: { n: 1 } }" + HOLD, "/do/0/a");
    differs("- a: { set: { n: 1 } }" + HOLD, with, "/do/0/a");
    fits(with, with.replace("n: 0", "n: 9"));
  }

  @Test
  void theItemsOfAMapMustHaveHadTheSameTasks() {
    String map = "- m: { call: map, with: { in: .xs, do: [ { x: { set: { n: 1 } } }%s ] } }" + HOLD;
    differs(map.formatted(""), map.formatted(", { y: { set: { n: 2 } } }"), "/do/0/m/with/do");
    fits(map.formatted(""), map.formatted("").replace("n: 1", "n: 7"));
    differs(
        map.formatted(""),
        map.formatted("").replace("in: .xs", "in: .xs, onFailure: collect"),
        "/do/0/m");
  }

  @Test
  void aRunThatFaultedFitsAndGoesOnOtherwise() {
    String was = "- a: { set: { n: 1 } }\n- b: { call: tool, with: { tool: t } }";
    Play play = started(was);
    play.fail(play.lastSent().key(), 1, "communication", 500);
    assertThat(from(play, was, was + "\n- c: { set: { n: 1 } }")).isEmpty();
    play.give(new Stimulus.Control(Verb.RETRY, "user:ada", Optional.empty(), Optional.empty()));
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(from(play, was, was)).isEmpty();
  }

  @Test
  void everythingThatARunCanDoFitsItself() {
    String all =
        """
        - f: { fork: { compete: true, branches: [ { x: { set: { n: 1 } } }, { y: { wait: PT1H } } ] } }
        - t:
            try: [ { boom: { raise: { error: { type: 'https://e', status: 400, title: no } } } } ]
            catch: { retry: { limit: { attempt: { count: 1 } } }, do: [ { undo: { call: compensate } } ] }
        - m: { call: map, with: { in: '[1,2]', onFailure: skip, do: [ { p: { if: '$item == 1', raise: { error: { type: 'https://e', status: 400, title: no } } } } ] } }
        - l: { for: { in: '[1,2,3]' }, while: '$index < 2', do: [ { q: { set: { n: 1 } } }, { r: { set: { n: 1 }, then: exit } }, { s: { set: { n: 1 } } } ] }
        - a: { set: { n: 1 }, metadata: { signalbox: { compensate: [ { u: { set: { n: 0 } } } ], labels: { a: b } } } }
        - hold: { wait: PT1S }
        - boom: { raise: { error: { type: 'https://e', status: 400, title: no } } }
        """;
    Play play = started(all);
    assertThat(from(play, all, all)).isEmpty();
    play.pass(Duration.ofSeconds(2));
    assertThat(from(play, all, all)).isEmpty();
  }
}
