package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks around tasks. */
class ExtensionsTest {
  private static Play play(String extensions, String tasks) {
    return Play.whole(
            "document: { dsl: '1.0.3', namespace: default, name: play, version: '1.0.0' }\n"
                + "use:\n  extensions:\n"
                + extensions.indent(4)
                + "do:\n"
                + tasks.indent(2))
        .tool("t", OnUnknownOutcome.ASK);
  }

  private static List<String> started(Play play) {
    return play.facts(Fact.TaskStarted.class).stream().map(Fact.TaskStarted::task).toList();
  }

  @Test
  void tasksRunBeforeAndAfterInTheOrderTheExtensionsAreDeclared() {
    Play play =
        play(
                """
                - one:
                    extend: set
                    before: [{ b1: { set: { x: 1 } } }]
                    after: [{ a1: { set: { x: 2 } } }]
                - two:
                    extend: all
                    before: [{ b2: { set: { x: 3 } } }]
                """,
                "- it: { set: { n: '${ .n + 1 }' } }")
            .start("{\"n\":1}");
    assertThat(started(play))
        .containsExactly(
            "/do/0/it",
            "/use/extensions/0/one/before/0/b1",
            "/use/extensions/1/two/before/0/b2",
            "/use/extensions/0/one/after/0/a1");
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":2}"));
  }

  @Test
  void extensionsSeeTheTaskTheyExtend() {
    Play play =
        play(
                """
                - log:
                    extend: call
                    when: $task.call == "tool" and $task.definition.with.tool == "t"
                    before: [{ b: { set: { x: '${ $task.reference }' }, export: { as: '{ before: .x, input: $task.input }' } } }]
                    after: [{ a: { set: { y: '${ $task.output }' }, export: { as: '$context + { after: .y, output: $output.y, flows: $task.output }' } } }]
                """,
                """
                - it: { call: tool, with: { tool: t } }
                - show: { set: '${ $context + { out: . } }' }
                """)
            .start("{\"n\":1}");
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    play.succeed(play.lastSent().key(), 1, "{\"r\":2}").crash();
    assertThat(play.output())
        .isEqualTo(
            Play.json(
                """
                {"before":"/do/0/it","input":{"n":1},"after":{"r":2},"output":{"r":2},"flows":{"r":2},"out":{"r":2}}
                """));
  }

  @Test
  void exitBeforeTheTaskTakesItsPlace() {
    Play play =
        play(
                """
                - mock:
                    extend: call
                    before: [{ fake: { set: { status: 200 }, then: exit } }, { never: { set: { status: 500 } } }]
                    after: [{ unused: { set: { x: 1 } } }]
                """,
                "- it: { call: tool, with: { tool: t }, output: { as: .status } }")
            .start("{}");
    assertThat(play.output()).isEqualTo(Play.json("200"));
    assertThat(play.sent()).isEmpty();
    assertThat(started(play)).doesNotContain("/use/extensions/0/mock/after/0/unused");
  }

  @Test
  void exitAfterTheTaskReplacesItsOutput() {
    Play play =
        play(
                """
                - trim:
                    extend: call
                    after: [{ cut: { set: { only: '${ $task.output.a }' }, then: exit } }]
                """,
                "- it: { call: tool, with: { tool: t } }")
            .start("{}");
    play.succeed(play.lastSent().key(), 1, "{\"a\":1,\"b\":2}");
    assertThat(play.output()).isEqualTo(Play.json("{\"only\":1}"));
  }

  @Test
  void onlyTheKindNamedIsExtendedAndOnlyWhereTheConditionHolds() {
    Play play =
        play(
                """
                - e: { extend: composite, when: '.on', before: [{ b: { set: { x: 1 } } }] }
                """,
                """
                - a: { do: [{ in: { set: { on: false } } }] }
                - b: { do: [{ in: { set: { on: false } } }] }
                """)
            .start("{\"on\":true}");
    assertThat(play.facts(Fact.TaskExtended.class))
        .extracting(Fact.TaskExtended::task)
        .containsExactly("/do/0/a");
  }

  @Test
  void anErrorInAnExtensionIsTheTasksErrorAndNamesItsOwnPlace() {
    String extension =
        """
        - e: { extend: call, %s: [{ b: { raise: { error: { type: 'https://x.y/z', status: 418, title: T } } } }] }
        """;
    String tasks =
        """
        - guard:
            try: [{ it: { call: tool, with: { tool: t } } }]
            catch: { do: [{ show: { set: '${ $error }' } }] }
        """;
    Play before = play(extension.formatted("before"), tasks).start("{}");
    assertThat(before.output().path("instance").asText())
        .isEqualTo("/use/extensions/0/e/before/0/b");
    assertThat(before.sent()).isEmpty();
    Play after = play(extension.formatted("after"), tasks).start("{}");
    after.succeed(after.lastSent().key(), 1, "{}").crash();
    assertThat(after.output().path("instance").asText()).isEqualTo("/use/extensions/0/e/after/0/b");
  }

  @Test
  void aConditionThatFailsIsTheTasksError() {
    Play play =
        play(
                "- e: { extend: set, when: '.a.b', before: [{ b: { set: { x: 1 } } }] }",
                "- it: { set: { a: 1 } }")
            .start("{\"a\":5}");
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/0/it");
  }

  @Test
  void theTasksTimeLimitCoversItsExtensions() {
    Play play =
        play(
                "- e: { extend: call, before: [{ b: { wait: PT10S } }] }",
                "- it: { call: tool, with: { tool: t }, timeout: { after: PT5S } }")
            .start("{}")
            .pass(Duration.ofSeconds(5));
    assertThat(play.view().error().orElseThrow().type()).endsWith("/timeout");
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/0/it");
  }

  @Test
  void compositesLoopsAndTriesKeepWhatTheyAre() {
    Play play =
        play(
                "- e: { extend: all, before: [{ b: { set: { x: 1 } } }], after: [{ a: { set: { x: 2 } } }] }",
                """
                - loop: { for: { in: '.xs' }, do: [{ add: { set: { xs: '${ .xs }', n: '${ (.n // 0) + $item }' } } }] }
                - both: { fork: { branches: [{ l: { set: '${ .n }' } }, { r: { set: '${ .n + 1 }' } }] } }
                - guard: { try: [{ t: { raise: { error: { type: 'https://x.y/z', status: 500 } } } }], catch: { do: [{ h: { set: { got: '${ . }' } } }] } }
                - pick: { switch: [{ c: { then: last } }] }
                - never: { set: { got: never } }
                - last: { set: { end: '${ .got }' } }
                """)
            .start("{\"xs\":[1,2,3]}")
            .crash();
    assertThat(play.output()).isEqualTo(Play.json("{\"end\":[6,7]}"));
  }

  @Test
  void aRunThatFaultedInAnExtensionGoesOnFromThere() {
    Play play =
        play(
                "- e: { extend: set, before: [{ ask: { call: tool, with: { tool: t } } }] }",
                "- it: { set: { done: true } }")
            .start("{}");
    play.fail(play.lastSent().key(), 1, "communication", 503);
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    play.give(new Stimulus.Control(Verb.RETRY, "user:ada", Optional.empty(), Optional.empty()));
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"done\":true}"));
  }

  @Test
  void endInAnExtensionEndsTheWorkflow() {
    Play play =
        play(
                "- e: { extend: call, before: [{ b: { set: { stopped: true }, then: end } }] }",
                "- it: { call: tool, with: { tool: t } }")
            .start("{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"stopped\":true}"));
  }
}
