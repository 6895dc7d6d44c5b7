package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.Correlation;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Longer than 300 lines because all forms of listening are shown in one place. */
class ListenTest {
  private static Hears listening(String listen, String input) {
    return new Hears(Play.of("- hear: " + listen.indent(4).strip()).start(input));
  }

  private static Hears listening(String listen) {
    return listening(listen, "{}");
  }

  @Test
  void oneEventGivesAListOfItsData() {
    Hears it = listening("{ listen: { to: { one: { with: { type: a } } } } }");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    it.give("1", "b", "{}");
    assertThat(it.play().turns).hasSize(1);
    it.give("2", "a", "{\"n\":1}");
    assertThat(it.output()).isEqualTo(Play.json("[{\"n\":1}]"));
    assertThat(it.effects().getLast()).isInstanceOf(Effect.Unsubscribe.class);
  }

  @Test
  void theOutputIsNotWrittenDownTwice() {
    Hears it = listening("{ listen: { to: { one: { with: { type: a } } } } }");
    it.give("2", "a", "{\"n\":1}");
    assertThat(it.play().facts(Fact.TaskCompleted.class).getFirst().output()).isEmpty();
    assertThat(it.play().crash().output()).isEqualTo(Play.json("[{\"n\":1}]"));
  }

  @Test
  void anEventIsReadAsDataEnvelopeOrRaw() {
    String listen = "{ listen: { to: { one: { with: { type: a } } }, read: %s } }";
    var envelope = listening(listen.formatted("envelope")).give("e1", "a", "{\"n\":1}").output();
    assertThat(envelope.at("/0/id").asText()).isEqualTo("e1");
    assertThat(envelope.at("/0/data/n").asInt()).isEqualTo(1);
    assertThat(listening(listen.formatted("raw")).give("e1", "a", "{\"n\": 1}").output())
        .isEqualTo(Play.json("[\"{\\\"n\\\":1}\"]"));
    assertThat(listening(listen.formatted("raw")).give("e1", "a", "\"plain\"").output())
        .isEqualTo(Play.json("[\"plain\"]"));
  }

  @Test
  void anyOfSeveralIsEnough() {
    Hears it =
        listening("{ listen: { to: { any: [{ with: { type: a } }, { with: { type: b } }] } } }");
    it.give("1", "c", "0").give("2", "b", "2");
    assertThat(it.output()).isEqualTo(Play.json("[2]"));
  }

  @Test
  void anEmptyAnyTakesEveryEvent() {
    assertThat(listening("{ listen: { to: { any: [] } } }").give("1", "whatever", "7").output())
        .isEqualTo(Play.json("[7]"));
  }

  @Test
  void allTakesOneEventOfEachInTheOrderTheyCome() {
    Hears it =
        listening("{ listen: { to: { all: [{ with: { type: a } }, { with: { type: b } }] } } }");
    it.give("1", "b", "1").give("2", "b", "2");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    assertThat(it.play().view().waitingFor().getFirst().what()).startsWith("1 more events");
    it.play().crash();
    it.give("3", "a", "3");
    assertThat(it.output()).isEqualTo(Play.json("[1,3]"));
    assertThat(it.play().facts(Fact.EventReceived.class)).hasSize(2);
  }

  @Test
  void twoFiltersOfTheSameTypeTakeTwoEvents() {
    Hears it =
        listening("{ listen: { to: { all: [{ with: { type: a } }, { with: { type: a } }] } } }");
    it.give("1", "a", "1").give("1", "a", "1");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    assertThat(it.give("2", "a", "2").output()).isEqualTo(Play.json("[1,2]"));
  }

  @Test
  void listeningGoesOnUntilAConditionHoldsOfAllThatCame() {
    Hears it = listening("{ listen: { to: { any: [], until: '( . | length ) > 2' } } }");
    it.give("1", "a", "1").give("2", "b", "2");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    // delivered a second time, because the answer was lost
    it.give("2", "b", "2");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    assertThat(it.give("3", "c", "3").output()).isEqualTo(Play.json("[1,2,3]"));
  }

  @Test
  void theEventThatEndsTheListeningIsNoPartOfTheOutput() {
    Hears it =
        listening("{ listen: { to: { any: [], until: { one: { with: { type: stop } } } } } }");
    it.give("1", "a", "1").give("2", "stop", "2");
    assertThat(it.output()).isEqualTo(Play.json("[1]"));
  }

  @Test
  void theEndMayTakeSeveralEvents() {
    Hears it =
        listening(
            "{ listen: { to: { any: [{ with: { type: a } }], until: { all: [{ with: { type: x } }, { with: { type: y } }] } } } }");
    it.give("1", "x", "0").give("2", "a", "1").give("3", "x", "0").give("4", "a", "2");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    assertThat(it.give("5", "y", "0").output()).isEqualTo(Play.json("[1,2]"));
  }

  @Test
  void untilFalseListensForEverAndTheTimeoutEndsIt() {
    Hears it =
        listening("{ listen: { to: { any: [], until: '${ false }' } }, timeout: { after: PT1M } }");
    it.give("1", "a", "1").give("2", "b", "2");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    it.play().pass(Duration.ofMinutes(1));
    assertThat(it.play().status()).isEqualTo(RunStatus.FAULTED);
    assertThat(it.play().view().error().orElseThrow().status()).isEqualTo(408);
    assertThat(it.effects().getLast()).isInstanceOf(Effect.Unsubscribe.class);
  }

  @Test
  void aFilterTakesLiteralsPatternsAndConditions() {
    String listen =
        """
        { listen: { to: { one: { with: {
            type: 'com\\.acme\\..*', source: 'https://test', team: red,
            data: '${ .n > 1 and .n < $input.most }' } } } } }
        """;
    Hears it = listening(listen, "{\"most\":5}");
    it.give(Hears.event("1", "com.acme.x", "{\"n\":2}"));
    it.give(Hears.event("2", "com_acme.x", "{\"n\":2}", Map.of("team", "red")));
    it.give(Hears.event("3", "com.acme.x", "{\"n\":9}", Map.of("team", "red")));
    it.give(Hears.event("4", "com.acme.x", "{\"n\":2}", Map.of("team", "red", "source", "other")));
    assertThat(it.play().facts(Fact.EventReceived.class)).isEmpty();
    it.give(Hears.event("5", "com.acme.x", "{\"n\":3}", Map.of("team", "red")));
    assertThat(it.output()).isEqualTo(Play.json("[{\"n\":3}]"));
  }

  @Test
  void anAttributeFromTheInputIsTakenByTheLetter() {
    Hears it =
        listening(
            "{ listen: { to: { one: { with: { subject: '${ .subject }' } } } } }",
            "{\"subject\":\"a.*\"}");
    it.give(Hears.event("1", "t", "1", Map.of("subject", "axx")));
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    it.give(Hears.event("2", "t", "2", Map.of("subject", "a.*")));
    assertThat(it.output()).isEqualTo(Play.json("[2]"));
  }

  @Test
  void aConditionOnAnAttributeIsAskedOfTheEvent() {
    Hears it =
        listening("{ listen: { to: { one: { with: { subject: '${ startswith(\"x-\") }' } } } } }");
    it.give(Hears.event("1", "t", "1", Map.of("subject", "y-1")));
    it.give(Hears.event("2", "t", "2"));
    it.give(Hears.event("3", "t", "3", Map.of("subject", "x-1")));
    assertThat(it.output()).isEqualTo(Play.json("[3]"));
  }

  @Test
  void dataIsMatchedFieldByField() {
    Hears it =
        listening(
            "{ listen: { to: { one: { with: { data: { kind: order, lines: [1, 2], total: '${ .total > 10 }' } } } } } }");
    it.give("1", "t", "{\"kind\":\"order\",\"lines\":[1],\"total\":20}");
    it.give("2", "t", "{\"kind\":\"order\",\"lines\":[1,2],\"total\":5}");
    it.give("3", "t", "{\"kind\":\"order\",\"lines\":[1,2],\"total\":20,\"more\":true}");
    assertThat(it.output().at("/0/more").asBoolean()).isTrue();
  }

  @Test
  void anExpectedCorrelationKeepsOthersOut() {
    Hears it =
        listening(
            """
            { listen: { to: { one: { with: { type: paid },
                correlate: { order: { from: .data.order, expect: '${ .id }' } } } } } }
            """,
            "{\"id\":42}");
    it.give("1", "paid", "{\"order\":41}").give("2", "paid", "{}");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    assertThat(it.give("3", "paid", "{\"order\":\"42\"}").play().status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void theFirstEventSaysWhatTheOthersCorrelateWith() {
    Hears it =
        listening(
            """
            { listen: { to: { all: [
                { with: { type: t }, correlate: { room: { from: .roomid } } },
                { with: { type: h }, correlate: { room: { from: .roomid } } }] } } }
            """);
    it.give(Hears.event("1", "t", "1", Map.of("roomid", "a")));
    Effect.Subscribe narrowed = (Effect.Subscribe) it.effects().getLast();
    assertThat(narrowed.filters()).hasSize(1);
    assertThat(narrowed.filters().getFirst().correlations())
        .containsExactly(
            Map.entry("room", new Correlation(".roomid", Optional.of(Play.json("\"a\"")))));
    it.give(Hears.event("2", "h", "2", Map.of("roomid", "b")));
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    it.play().crash();
    it.give(Hears.event("3", "h", "3", Map.of("roomid", "a")));
    assertThat(it.output()).isEqualTo(Play.json("[1,3]"));
  }

  @Test
  void aMissingExpectationFaultsTheTask() {
    Play play =
        listening(
                "{ listen: { to: { one: { with: { type: a }, correlate: { x: { from: .id, expect: '${ .none }' } } } } } }")
            .play();
    assertThat(play.view().error().orElseThrow().type()).endsWith("/expression");
  }

  @Test
  void aSuspendedRunKeepsWhatComesAndGoesOnAfterwards() {
    Hears it = listening("{ listen: { to: { one: { with: { type: a } } } } }");
    it.play().give(new Stimulus.Control(Verb.SUSPEND, "ada", Optional.empty(), Optional.empty()));
    it.give("1", "a", "1");
    assertThat(it.play().status()).isEqualTo(RunStatus.SUSPENDED);
    it.play().give(new Stimulus.Control(Verb.RESUME, "ada", Optional.empty(), Optional.empty()));
    assertThat(it.output()).isEqualTo(Play.json("[1]"));
  }

  @Test
  void whatRunsNoLongerListensForIsDropped() {
    Hears it = listening("{ listen: { to: { one: { with: { type: a } } } } }");
    it.give("1", "a", "1");
    int turns = it.play().turns.size();
    it.give("2", "a", "2");
    assertThat(it.play().turns).hasSize(turns);
    assertThat(it.play().refusal).isEmpty();
  }

  @Test
  void aListeningOfOldJournalsStillGivesTheDataAlone() {
    Play play = Play.of("- hear: { listen: { to: { one: { with: { type: a } } } } }").start("{}");
    play.older();
    play.give(new Stimulus.Delivered("r1-2", Hears.event("1", "a", "{\"n\":1}")));
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":1}"));
  }

  @Test
  void moreEventsThanOneListenMayConsumeFaultIt() {
    Hears it = new Hears(Play.of("- hear: { listen: { to: { any: [], until: '${ false }' } } }"));
    it.play()
        .bounds(
            new Interpreter.Bounds(
                1000,
                Duration.ofSeconds(30),
                10,
                200,
                2,
                2,
                10,
                Duration.ofSeconds(60),
                Limits.STANDARD));
    it.play().start("{}");
    it.give("1", "a", "1").give("2", "a", "2").give("3", "a", "3");
    assertThat(it.play().view().error().orElseThrow().detail().orElseThrow())
        .contains("at most 2 events");
  }

  @Test
  void eventsThatWouldWaitTooLongAreDeliveredAgainLater() {
    Play play =
        Play.of(
            """
            - hear:
                listen: { to: { any: [], until: '${ false }' } }
                foreach: { do: [{ pause: { wait: PT1H } }] }
            """);
    play.bounds(
        new Interpreter.Bounds(
            1000,
            Duration.ofSeconds(30),
            10,
            200,
            100,
            2,
            10,
            Duration.ofSeconds(60),
            Limits.STANDARD));
    Hears it = new Hears(play.start("{}"));
    it.give("1", "a", "1").give("2", "a", "2").give("3", "a", "3");
    assertThat(play.refusal).containsInstanceOf(Refusal.TooBusy.class);
    assertThat(play.facts(Fact.EventReceived.class)).hasSize(2);
  }
}
