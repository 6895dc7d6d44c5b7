package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import org.junit.jupiter.api.Test;

/** What flows where, in which order it is shaped and checked, and what expressions see. */
class DataFlowTest {
  private static final String HEAD =
      "document: { dsl: '1.0.3', namespace: default, name: play, version: '1.0.0' }\n";

  private static void faults(Play play, String kind, String instance, String detail) {
    assertThat(play.status()).as("%s", play.view()).isEqualTo(RunStatus.FAULTED);
    WorkflowError error = play.view().error().orElseThrow();
    assertThat(error.type()).endsWith("/errors/" + kind);
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.instance()).isEqualTo(instance);
    assertThat(error.detail().orElseThrow()).contains(detail);
  }

  @Test
  void theWorkflowsInputIsCheckedBeforeItIsShaped() {
    String definition =
        HEAD
            + """
            input:
              schema: { format: json, document: { type: object, required: [order] } }
              from: .order
            do: [{ show: { set: '${ . }' } }]
            """;
    assertThat(Play.whole(definition).start("{\"order\":7}").output()).isEqualTo(Play.json("7"));
    faults(
        Play.whole(definition).start("{}"),
        "validation",
        "/input/schema",
        "required property 'order' not found");
  }

  @Test
  void theWorkflowsInputFilterSeesTheWorkflowAndTheRuntime() {
    Play play =
        Play.whole(
                HEAD
                    + """
                    input: { from: '{ raw: $workflow.input, at: $workflow.startedAt, by: $runtime.name }' }
                    do: [{ show: { set: '${ . }' } }]
                    """)
            .start("5");
    assertThat(Play.json(play.output().toString()))
        .isEqualTo(
            Play.json(
                """
                {"raw":5,"by":"signalbox","at":{"iso8601":"2026-01-01T00:00:00Z",
                 "epoch":{"seconds":1767225600,"milliseconds":1767225600000}}}
                """));
  }

  @Test
  void theWorkflowsOutputIsCheckedAfterItIsShaped() {
    String definition =
        HEAD
            + """
            do: [{ make: { set: { n: '${ .n }' } } }]
            output: { as: .n, schema: { document: { type: integer } } }
            """;
    assertThat(Play.whole(definition).start("{\"n\":3}").output()).isEqualTo(Play.json("3"));
    faults(
        Play.whole(definition).start("{\"n\":\"x\"}"),
        "validation",
        "/output/schema",
        "string found, integer expected");
  }

  @Test
  void aTasksRawInputIsCheckedAndThenShaped() {
    String tasks =
        """
        - it:
            input: { schema: { document: { required: [a] } }, from: .a }
            set: { got: '${ . }', raw: '${ $task.input }', seen: '${ $input }' }
        """;
    assertThat(Play.of(tasks).start("{\"a\":1}").output())
        .isEqualTo(Play.json("{\"got\":1,\"raw\":{\"a\":1},\"seen\":1}"));
    faults(Play.of(tasks).start("{\"b\":1}"), "validation", "/do/0/it", "/do/0/it/input/schema");
  }

  @Test
  void aSkippedTaskChecksNothing() {
    Play play =
        Play.of("- it: { if: 'false', input: { schema: { document: false } }, set: { a: 1 } }")
            .start("{\"b\":1}");
    assertThat(play.output()).isEqualTo(Play.json("{\"b\":1}"));
  }

  @Test
  void aTasksOutputIsShapedThenCheckedThenExportedThenTheContextIsChecked() {
    String tasks =
        """
        - it:
            set: { n: '${ .n }' }
            output: { as: .n, schema: { document: { type: integer } } }
            export: { as: '{ kept: $output, raw: $task.output }', schema: { document: { properties: { kept: { maximum: 5 } } } } }
        - show: { set: { context: '${ $context }', flows: '${ . }' } }
        """;
    assertThat(Play.of(tasks).start("{\"n\":3}").output())
        .isEqualTo(Play.json("{\"context\":{\"kept\":3,\"raw\":{\"n\":3}},\"flows\":3}"));
    faults(Play.of(tasks).start("{\"n\":\"x\"}"), "validation", "/do/0/it", "it/output/schema");
    Play late = Play.of(tasks).start("{\"n\":6}");
    faults(late, "validation", "/do/0/it", "/do/0/it/export/schema");
    assertThat(late.state.context().isNull()).isTrue();
  }

  @Test
  void aMisfitIsAnErrorThatCanBeCaught() {
    Play play =
        Play.of(
                """
                - guard:
                    try:
                      - call: { call: tool, with: { tool: t }, output: { schema: { document: { type: string } } } }
                    catch:
                      errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/validation, status: 400, instance: /do/0/guard/try/0/call } }
                      do: [{ say: { set: { why: '${ $error.title }' } } }]
                """)
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    play.succeed(play.lastSent().key(), 1, "4");
    assertThat(play.output()).isEqualTo(Play.json("{\"why\":\"Validation error\"}"));
    play.crash();
  }

  @Test
  void aSharedSchemaIdInTwoDefinitionsMeansTwoSchemas() {
    String tasks =
        "- it: { set: '${ . }', output: { schema: { document: { $id: 'urn:x', type: %s } } } }";
    assertThat(Play.of(tasks.formatted("integer")).start("1").status())
        .isEqualTo(RunStatus.COMPLETED);
    assertThat(Play.of(tasks.formatted("string")).start("1").status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void anExpressionThatFailsNamesWhereTheWorkflowHasIt() {
    faults(
        Play.whole(HEAD + "input: { from: '.a + 1' }\ndo: [{ x: { set: { a: 1 } } }]")
            .start("{\"a\":\"t\"}"),
        "expression",
        "/input/from",
        ".a + 1");
    faults(
        Play.whole(HEAD + "output: { as: .a.b }\ndo: [{ x: { set: { a: 1 } } }]").start("{}"),
        "expression",
        "/output/as",
        ".a.b");
  }

  @Test
  void looseModeTriesEveryTextAsAnExpression() {
    Play play =
        Play.whole(
                HEAD
                    + """
                    evaluate: { language: jq, mode: loose }
                    do:
                      - it:
                          set: { word: hello there, value: .n, both: '${ .n + 1 }', fails: '.n.x', deep: [{ a: '.n * 2' }] }
                          output: { as: { done: '$context', all: . } }
                    """)
            .start("{\"n\":3}");
    assertThat(play.output().at("/all"))
        .isEqualTo(
            Play.json(
                "{\"word\":\"hello there\",\"value\":3,\"both\":4,\"fails\":\".n.x\",\"deep\":[{\"a\":6}]}"));
    assertThat(play.output().at("/done").isNull()).isTrue();
  }

  @Test
  void strictModeTakesTextsAsTheyAre() {
    Play play = Play.of("- it: { set: { value: .n } }").start("{\"n\":3}");
    assertThat(play.output()).isEqualTo(Play.json("{\"value\":\".n\"}"));
  }

  @Test
  void theConditionSeesTheRawInputAndTheTaskItself() {
    Play play =
        Play.of(
                """
                - it: { if: '.n == 1 and $input.n == 1 and $task.name == "it"', input: { from: .n }, set: { was: '${ . }' } }
                """)
            .start("{\"n\":1}");
    assertThat(play.output()).isEqualTo(Play.json("{\"was\":1}"));
    assertThat(play.facts(Fact.TaskSkipped.class)).isEmpty();
  }
}
