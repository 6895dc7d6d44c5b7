package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Longer than 300 lines because each rule of compensation is shown by a workflow of its own, which
 * stands beside what it shows.
 */
class SagaTest {
  private static final String TRIP =
      """
      - flight:
          call: tool
          with: { tool: book, arguments: { what: flight } }
          metadata:
            signalbox:
              compensate:
                - cancelFlight: { call: tool, with: { tool: undo, arguments: { id: '${ .id }', of: '${ $compensated.task }' } } }
      - hotel:
          call: tool
          with: { tool: book, arguments: { what: hotel } }
          metadata:
            signalbox:
              compensate:
                - cancelHotel: { call: tool, with: { tool: undo, arguments: { id: '${ $compensated.output.id }', was: '${ $compensated.input }' } } }
      """;
  private static final String BOOM =
      "- boom: { raise: { error: { type: 'https://e', status: 409, title: full } } }\n";
  private static final String HOLD =
      "- hold: { listen: { to: { one: { with: { type: go } } } } }\n";

  private static Play trip(String rest) {
    return Play.of(TRIP + rest)
        .tool("book", OnUnknownOutcome.ASK)
        .tool("undo", OnUnknownOutcome.IDEMPOTENT)
        .start("{\"who\":\"ada\"}");
  }

  private static Play booked(String rest) {
    Play play = trip(rest);
    play.succeed(play.lastSent().key(), 1, "{\"id\":\"F1\"}");
    return play.succeed(play.lastSent().key(), 1, "{\"id\":\"H1\"}");
  }

  private static Play cancel(Play play) {
    return play.give(
        new Stimulus.Control(Verb.CANCEL, "user:ada", Optional.of("enough"), Optional.empty()));
  }

  private static List<String> undone(Play play) {
    return play.sent().stream()
        .filter(p -> p.tool().map(t -> t.name().equals("undo")).orElse(false))
        .map(p -> p.arguments().path("id").asText())
        .toList();
  }

  @Test
  void aFaultUndoesWhatIsDoneLastFirst() {
    Play play = booked(BOOM);
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(undone(play)).containsExactly("H1");
    assertThat(play.lastSent().arguments().path("was")).isEqualTo(Play.json("{\"id\":\"F1\"}"));
    assertThat(play.view().compensation().orElseThrow().open()).isEqualTo(2);
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(undone(play)).containsExactly("H1", "F1");
    assertThat(play.lastSent().arguments().path("of").asText()).isEqualTo("/do/0/flight");
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(409);
    assertThat(play.view().compensation().orElseThrow().completed()).isEqualTo(2);
    assertThat(play.view().compensation().orElseThrow().cause()).contains("fault");
  }

  @Test
  void whatIsNotDoneIsNotUndone() {
    Play play = trip(BOOM);
    play.succeed(play.lastSent().key(), 1, "{\"id\":\"F1\"}");
    play.fail(play.lastSent().key(), 1, "communication", 500);
    assertThat(undone(play)).containsExactly("F1");
  }

  @Test
  void aRunWithNothingToUndoEndsAtOnce() {
    Play play = trip(BOOM);
    play.fail(play.lastSent().key(), 1, "communication", 500);
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.facts(Fact.RunCompensating.class)).isEmpty();
  }

  @Test
  void aRunThatCompletesUndoesNothing() {
    Play play = booked("");
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(undone(play)).isEmpty();
  }

  @Test
  void aCancelledRunUndoesAndThenIsCancelled() {
    Play play = cancel(booked(HOLD));
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(play.facts(Fact.TaskCancelled.class)).hasSize(1);
    cancel(play);
    assertThat(play.refusal.orElseThrow().toString()).contains("undoing");
    play.succeed(play.lastSent().key(), 1, "{}").succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(play.facts(Fact.RunCancelled.class).getFirst().reason()).contains("enough");
  }

  @Test
  void aRejectedApprovalUndoesWhatIsDone() {
    String denied =
        """
        - ask: { call: approval, with: { title: ok, approvers: ['user:bob'] } }
        - check:
            switch:
              - no: { when: '.decision == "reject"', then: deny }
              - yes: { then: end }
        - deny: { raise: { error: { type: 'https://denied', status: 403, title: denied } } }
        """;
    Play play = booked(denied);
    play.decide(play.view().waitingFor().getFirst().id().orElseThrow(), "reject", "user:bob");
    assertThat(undone(play)).containsExactly("H1");
  }

  @Test
  void aCompensationThatFailsIsRecordedAndTheOthersGoOn() {
    Play play = booked(BOOM);
    play.fail(play.lastSent().key(), 1, "communication", 503);
    assertThat(undone(play)).containsExactly("H1", "F1");
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(409);
    assertThat(play.view().compensation().orElseThrow().failed()).hasSize(1);
    assertThat(play.view().compensation().orElseThrow().failed().getFirst().error().status())
        .isEqualTo(503);
  }

  @Test
  void aCancelledRunThatCouldNotBeUndoneIsFaulted() {
    Play play = cancel(booked(HOLD));
    play.fail(play.lastSent().key(), 1, "communication", 503);
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().title()).isEqualTo("Compensation failed");
  }

  @Test
  void aCompensationRetriesAsItsOwnTrySays() {
    Play play =
        Play.of(
                """
                - book:
                    set: { id: 1 }
                    metadata:
                      signalbox:
                        compensate:
                          - again:
                              try: [ { undo: { call: tool, with: { tool: undo, arguments: {} } } } ]
                              catch: { retry: { delay: PT1S, limit: { attempt: { count: 2 } } } }
                """
                    + BOOM)
            .tool("undo", OnUnknownOutcome.ASK)
            .start("{}");
    play.fail(play.lastSent().key(), 1, "communication", 503).pass(Duration.ofSeconds(2));
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.sent()).hasSize(2);
    assertThat(play.view().compensation().orElseThrow().completed()).isEqualTo(1);
    assertThat(play.view().compensation().orElseThrow().failed()).isEmpty();
  }

  @Test
  void aCrashInTheMiddleGoesOnWithTheRightOne() {
    Play play = booked(BOOM);
    play.succeed(play.lastSent().key(), 1, "{}");
    play.crash();
    assertThat(undone(play)).containsExactly("H1", "F1", "F1");
    assertThat(play.lastSent().attempt()).isEqualTo(2);
    play.succeed(play.lastSent().key(), 2, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.facts(Fact.CompensationStarted.class)).hasSize(2);
    play.crash();
  }

  @Test
  void aSuspendedRunGoesOnUndoingWhenItIsResumed() {
    Play play = booked(BOOM);
    play.give(new Stimulus.Control(Verb.SUSPEND, "user:ada", Optional.empty(), Optional.empty()));
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(undone(play)).containsExactly("H1");
    play.give(new Stimulus.Control(Verb.RESUME, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(undone(play)).containsExactly("H1", "F1");
  }

  @Test
  void aRunThatHasUndoneWhatItDidCannotBeRetried() {
    Play play = booked(BOOM);
    play.succeed(play.lastSent().key(), 1, "{}").succeed(play.lastSent().key(), 1, "{}");
    play.give(new Stimulus.Control(Verb.RETRY, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.refusal.orElseThrow().toString()).contains("has undone");
  }

  @Test
  void theTimeoutOfTheRunUndoesToo() {
    Play play =
        Play.whole(
                """
                document: { dsl: '1.0.3', namespace: default, name: late, version: '1.0.0' }
                timeout: { after: PT10S }
                do:
                  - book:
                      set: { id: 7 }
                      metadata: { signalbox: { compensate: [ { back: { wait: PT1H } } ] } }
                  - rest: { wait: P1D }
                """)
            .start("{}");
    play.pass(Duration.ofSeconds(11));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.pass(Duration.ofMinutes(5));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.pass(Duration.ofHours(1));
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(408);
  }

  @Test
  void eachRoundOfALoopIsUndoneWithItsOwnVariables() {
    Play play =
        Play.of(
                """
                - each:
                    for: { each: x, in: '[1, 2]' }
                    do:
                      - book:
                          set: { n: '${ $x }' }
                          metadata:
                            signalbox:
                              compensate: [ { back: { call: tool, with: { tool: undo, arguments: { id: '${ $x * 10 + $index }' } } } } ]
                """
                    + BOOM)
            .tool("undo", OnUnknownOutcome.ASK)
            .start("{}");
    play.succeed(play.lastSent().key(), 1, "{}").succeed(play.lastSent().key(), 1, "{}");
    assertThat(undone(play)).containsExactly("21", "10");
  }

  @Test
  void itemsOfAMapAreUndoneInTheReverseOrderOfTheirEnd() {
    Play play =
        Play.of(
                """
                - many:
                    call: map
                    with:
                      in: '["a", "b"]'
                      do:
                        - book:
                            call: tool
                            with: { tool: book, arguments: {} }
                            metadata:
                              signalbox:
                                compensate: [ { back: { call: tool, with: { tool: undo, arguments: { id: '${ $item }' } } } } ]
                """
                    + BOOM)
            .tool("book", OnUnknownOutcome.ASK)
            .tool("undo", OnUnknownOutcome.ASK)
            .start("{}");
    play.succeed(play.sent().get(1).key(), 1, "{}").succeed(play.sent().get(0).key(), 1, "{}");
    play.succeed(play.lastSent().key(), 1, "{}").succeed(play.lastSent().key(), 1, "{}");
    assertThat(undone(play)).containsExactly("a", "b");
  }

  @Test
  void aCaughtErrorUndoesNothingByItself() {
    Play play =
        Play.of(
                """
                - attempt:
                    try:
                      - book:
                          set: { id: 1 }
                          metadata: { signalbox: { compensate: [ { back: { set: { x: 1 } } } ] } }
                      - boom: { raise: { error: { type: 'https://e', status: 409, title: full } } }
                    catch: { do: [ { plan: { set: { b: true } } } ] }
                """)
            .start("{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"b\":true}"));
    assertThat(play.facts(Fact.CompensationStarted.class)).isEmpty();
  }

  private static final String SCOPED =
      """
      - first:
          set: { id: A }
          metadata: { signalbox: { compensate: [ { backA: { call: tool, with: { tool: undo, arguments: { id: A } } } } ] } }
      - attempt:
          try:
            - second:
                set: { id: B }
                metadata: { signalbox: { compensate: [ { backB: { call: tool, with: { tool: undo, arguments: { id: B } } } } ] } }
            - boom: { raise: { error: { type: 'https://e', status: 409, title: full } } }
          catch:
            do:
              - undo: { call: compensate }
              - plan: { set: { undone: '${ . }' } }
      """;

  @Test
  void aHandlerThatCompensatesUndoesTheBodyOfItsTryAlone() {
    Play play = Play.of(SCOPED).tool("undo", OnUnknownOutcome.ASK).start("{}");
    assertThat(undone(play)).containsExactly("B");
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"undone\":{\"completed\":1,\"failed\":0}}"));
  }

  @Test
  void aFailureWhileAHandlerCompensatesIsCounted() {
    Play play = Play.of(SCOPED).tool("undo", OnUnknownOutcome.ASK).start("{}");
    play.fail(play.lastSent().key(), 1, "communication", 500);
    assertThat(play.output().at("/undone/failed").asInt()).isEqualTo(1);
    assertThat(play.view().compensation().orElseThrow().failed()).hasSize(1);
  }

  @Test
  void aRunCancelledWhileAHandlerCompensatesGoesOnWithThatCompensation() {
    Play play = Play.of(SCOPED).tool("undo", OnUnknownOutcome.ASK).start("{}");
    cancel(play);
    assertThat(undone(play)).containsExactly("B");
    play.crash();
    play.give(
        new Stimulus.Resolved(
            play.view().waitingFor().getFirst().task(),
            "succeeded",
            Optional.empty(),
            "seen",
            "user:ada"));
    assertThat(undone(play)).containsExactly("B", "A");
    play.succeed(play.lastSent().key(), 1, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(play.view().compensation().orElseThrow().completed()).isEqualTo(2);
  }

  @Test
  void aDirectiveToEndEndsTheCompensationAlone() {
    Play play =
        Play.of(
                """
                - one:
                    set: { n: 1 }
                    metadata: { signalbox: { compensate: [ { a: { set: { n: 2 }, then: end } }, { b: { set: { n: 3 } } } ] } }
                - two:
                    set: { n: 1 }
                    metadata: { signalbox: { compensate: [ { a: { do: [ { in: { set: { n: 2 }, then: end } } ] } }, { b: { set: { n: 3 } } } ] } }
                """
                    + BOOM)
            .start("{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().compensation().orElseThrow().completed()).isEqualTo(2);
    assertThat(play.facts(Fact.TaskStarted.class).stream().map(Fact.TaskStarted::task))
        .noneMatch(task -> task.endsWith("/b"));
  }

  @Test
  void outputThatFailsUndoesToo() {
    Play play =
        Play.whole(
                """
                document: { dsl: '1.0.3', namespace: default, name: bad, version: '1.0.0' }
                output: { as: '${ .n | error("no") }' }
                do:
                  - book:
                      set: { n: 7 }
                      metadata: { signalbox: { compensate: [ { back: { set: { x: 1 } } } ] } }
                """)
            .start("{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().compensation().orElseThrow().completed()).isEqualTo(1);
  }

  @Test
  void moreThanCanBeUndoneIsNotBegun() {
    Play play =
        Play.of(
                """
                - each:
                    for: { in: '[range(0; 1001)]' }
                    do:
                      - book:
                          set: { n: '${ $item }' }
                          metadata: { signalbox: { compensate: [ { back: { set: { x: 1 } } } ] } }
                """)
            .start("{}");
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().detail().orElseThrow()).contains("compensations");
    assertThat(play.view().compensation().orElseThrow().completed()).isEqualTo(1000);
  }

  @Test
  void theStateSurvivesItsSnapshot() {
    Play play = booked(BOOM);
    SnapshotSerializer serializer = new SnapshotSerializer();
    RunSnapshot snapshot = RunSnapshot.of(new RunEntity.Kept(play.state, "head", false));
    Object back = fromBytes(serializer, serializer.toBinary(snapshot));
    assertThat(((RunSnapshot) back).kept().state()).isEqualTo(play.state);
  }

  private static Object fromBytes(SnapshotSerializer serializer, byte[] bytes) {
    try {
      return serializer.fromBinary(bytes, "run-state/1");
    } catch (java.io.NotSerializableException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMapsStateSurvivesItsSnapshot() {
    Play play =
        Play.of(
                """
                - many: { call: map, with: { in: '[1,2]', onFailure: collect, do: [ { rest: { if: '$item == 1', wait: PT1H } }, { x: { if: '$item == 2', raise: { error: { type: 'https://e', status: 400, title: no } } } } ] } }
                """)
            .start("{}");
    SnapshotSerializer serializer = new SnapshotSerializer();
    byte[] bytes =
        serializer.toBinary(RunSnapshot.of(new RunEntity.Kept(play.state, "head", false)));
    RunState back = ((RunSnapshot) fromBytes(serializer, bytes)).kept().state();
    assertThat(back).isEqualTo(play.state);
    JsonNode collected =
        MapFacts.output(
            back.live().values().stream()
                .flatMap(
                    a ->
                        a.work() instanceof Work.Mapping m
                            ? java.util.stream.Stream.of(m)
                            : java.util.stream.Stream.of())
                .findFirst()
                .orElseThrow());
    assertThat(collected).hasSize(1);
  }
}
