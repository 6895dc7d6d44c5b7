package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapTest {
  private static final String CALLS =
      """
      - many:
          call: map
          with:
            in: .xs
            each: x
            at: i
            concurrency: 2
            onFailure: %s
            do:
              - one: { call: tool, with: { tool: t, arguments: { x: '${ $x }', i: '${ $i }' } } }
      """;

  private static Play calls(String policy) {
    return Play.of(CALLS.formatted(policy)).tool("t", OnUnknownOutcome.ASK);
  }

  private static Perform sent(Play play, int number) {
    return play.sent().get(number);
  }

  @Test
  void noMoreItemsAtOnceThanAllowedAndTheNextBeginsAsSoonAsOneIsDone() {
    Play play = calls("fail").start("{\"xs\":[10,20,30,40]}");
    assertThat(play.sent()).hasSize(2);
    play.succeed(sent(play, 1).key(), 1, "\"b\"");
    assertThat(play.sent()).hasSize(3);
    assertThat(sent(play, 2).arguments().at("/arguments").isMissingNode()).isTrue();
    assertThat(sent(play, 2).arguments()).isEqualTo(Play.json("{\"x\":30,\"i\":2}"));
    play.succeed(sent(play, 2).key(), 1, "\"c\"");
    play.succeed(sent(play, 3).key(), 1, "\"d\"");
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    play.succeed(sent(play, 0).key(), 1, "\"a\"");
    assertThat(play.output()).isEqualTo(Play.json("[\"a\",\"b\",\"c\",\"d\"]"));
  }

  @Test
  void anEmptyListGivesAnEmptyList() {
    assertThat(calls("fail").start("{\"xs\":[]}").output()).isEqualTo(Play.json("[]"));
  }

  @Test
  void resultsAreHeldOnceHoweverTheyCame() {
    Play play = calls("fail").start("{\"xs\":[1]}");
    play.succeed(sent(play, 0).key(), 1, "{\"big\":1}");
    assertThat(play.facts(Fact.TaskCompleted.class)).allMatch(f -> f.output().isEmpty());
  }

  @Test
  void tasksSayWhichItemTheyBelongTo() {
    Play play = calls("fail").start("{\"xs\":[1,2]}");
    assertThat(play.facts(Fact.TaskStarted.class).stream().map(Fact.TaskStarted::item))
        .containsExactly(Optional.empty(), Optional.of(0), Optional.of(1));
    assertThat(play.facts(Fact.TaskStarted.class).getLast().task())
        .isEqualTo("/do/0/many/with/do/0/one");
  }

  @Test
  void aFailedItemFailsTheMapAndGivesUpTheOthers() {
    Play play = calls("fail").start("{\"xs\":[1,2,3]}");
    play.fail(sent(play, 0).key(), 1, "communication", 500);
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().instance()).isEqualTo("/do/0/many/with/do/0/one");
    assertThat(play.sent()).hasSize(2);
  }

  @Test
  void aMapThatCollectsTellsOfEachItemWhatBecameOfIt() {
    Play play = calls("collect").start("{\"xs\":[1,2]}");
    play.fail(sent(play, 0).key(), 1, "communication", 500);
    play.succeed(sent(play, 1).key(), 1, "\"b\"");
    assertThat(play.output().at("/0/error/status").asInt()).isEqualTo(500);
    assertThat(play.output().at("/1/output").asText()).isEqualTo("b");
  }

  @Test
  void aMapThatSkipsLeavesFailedItemsOut() {
    Play play = calls("skip").start("{\"xs\":[1,2,3]}");
    play.succeed(sent(play, 1).key(), 1, "\"b\"");
    play.fail(sent(play, 0).key(), 1, "communication", 500);
    play.succeed(sent(play, 2).key(), 1, "\"c\"");
    assertThat(play.output()).isEqualTo(Play.json("[\"b\",\"c\"]"));
    assertThat(play.facts(Fact.ItemFaulted.class)).hasSize(1);
  }

  @Test
  void moreFailuresThanToleratedFailTheMap() {
    Play play = calls("skip\n      tolerate: 1").start("{\"xs\":[1,2,3]}");
    play.fail(sent(play, 0).key(), 1, "communication", 500);
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    play.fail(sent(play, 1).key(), 1, "communication", 502);
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(502);
  }

  @Test
  void aShareOfTheItemsMayFail() {
    Play play = calls("skip\n      tolerate: 0.5").start("{\"xs\":[1,2]}");
    play.fail(sent(play, 0).key(), 1, "communication", 500);
    play.succeed(sent(play, 1).key(), 1, "1");
    assertThat(play.output()).isEqualTo(Play.json("[1]"));
    Play strict = calls("skip\n      tolerate: 0.4").start("{\"xs\":[1,2]}");
    strict.fail(sent(strict, 0).key(), 1, "communication", 500);
    assertThat(strict.status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void anErrorThatAnItemCatchesIsItsOwnBusiness() {
    Play play =
        Play.of(
                """
                - many:
                    call: map
                    with:
                      in: .xs
                      do:
                        - guarded:
                            try:
                              - boom: { raise: { error: { type: 'https://e', status: 400, title: no } } }
                            catch: { as: e, do: [ { say: { set: { was: '${ $e.status + $item }' } } } ] }
                """)
            .start("{\"xs\":[1,2]}");
    assertThat(play.output()).isEqualTo(Play.json("[{\"was\":401},{\"was\":402}]"));
  }

  @Test
  void aMapMayGoOverMapsAndEachKnowsItsVariables() {
    Play play =
        Play.of(
                """
                - outer:
                    call: map
                    with:
                      in: .rows
                      each: row
                      at: r
                      do:
                        - inner:
                            call: map
                            with:
                              in: $row
                              each: cell
                              do:
                                - one: { set: '${ [$r, $index, $cell] }' }
                """)
            .start("{\"rows\":[[1,2],[3]]}");
    assertThat(play.output()).isEqualTo(Play.json("[[[0,0,1],[0,1,2]],[[1,0,3]]]"));
  }

  @Test
  void whatIsNoListOrTooLongFaults() {
    Play play = calls("fail").start("{\"xs\":7}");
    assertThat(play.view().error().orElseThrow().detail().orElseThrow()).contains("map.in");
    String most =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"xs\":[", "]}"));
    assertThat(calls("fail").start(most).view().error().orElseThrow().detail().orElseThrow())
        .contains("10001 items", "map-items");
  }

  @Test
  void aTimeoutOfTheMapGivesUpItsItems() {
    Play play =
        Play.of(
                """
                - many:
                    call: map
                    timeout: { after: PT5S }
                    with:
                      in: .xs
                      do: [ { rest: { wait: PT1H } } ]
                """)
            .start("{\"xs\":[1,2]}");
    play.pass(Duration.ofSeconds(6));
    assertThat(play.view().error().orElseThrow().status()).isEqualTo(408);
    assertThat(play.facts(Fact.TaskCancelled.class)).hasSize(4);
  }

  @Test
  void aCancelledRunGivesUpItsItems() {
    Play play = calls("collect").start("{\"xs\":[1,2]}");
    play.give(new Stimulus.Control(Verb.CANCEL, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(play.facts(Fact.CallUnknown.class)).hasSize(2);
  }

  @Test
  void aRunThatFaultedInAnItemGoesOnWithThatItemAlone() {
    Play play = calls("fail").start("{\"xs\":[1,2]}");
    play.succeed(sent(play, 0).key(), 1, "\"a\"");
    play.fail(sent(play, 1).key(), 1, "communication", 500);
    play.give(new Stimulus.Control(Verb.RETRY, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.sent()).hasSize(3);
    play.crash();
    play.succeed(sent(play, 2).key(), 1, "\"b\"");
    assertThat(play.output()).isEqualTo(Play.json("[\"a\",\"b\"]"));
  }

  @Test
  void aCrashInTheMiddleLosesNothing() {
    Play play =
        Play.of(CALLS.formatted("fail"))
            .tool("t", OnUnknownOutcome.IDEMPOTENT)
            .start("{\"xs\":[1,2,3]}");
    play.succeed(sent(play, 1).key(), 1, "\"b\"").crash();
    assertThat(play.sent()).hasSize(5);
    play.succeed(sent(play, 0).key(), 2, "\"a\"").succeed(sent(play, 2).key(), 2, "\"c\"");
    assertThat(play.output()).isEqualTo(Play.json("[\"a\",\"b\",\"c\"]"));
  }

  @Test
  void anItemCostsTheSameHoweverManyThereAre() {
    assertThat(factsPerItem(3000) - factsPerItem(300)).isLessThan(0.1);
    assertThat(largest(3000)).isLessThan(200);
  }

  private static Play pure(int items) {
    String xs =
        IntStream.range(0, items).mapToObj(Integer::toString).collect(Collectors.joining(","));
    return Play.of(
            "- many: { call: map, with: { in: .xs, do: [ { one: { set: '${ $item }' } } ] } }")
        .start("{\"xs\":[" + xs + "]}");
  }

  private static double factsPerItem(int items) {
    Play play = pure(items);
    assertThat(play.output()).hasSize(items);
    return (double) play.facts().size() / items;
  }

  /** Of the facts of items, the largest in characters. */
  private static int largest(int items) {
    return pure(items).facts().stream()
        .filter(f -> f instanceof Fact.ItemStarted || f instanceof Fact.ItemCompleted)
        .mapToInt(f -> io.signalbox.protocol.Json.tree(f).toString().length())
        .max()
        .orElseThrow();
  }

  @Test
  void aDirectiveToEndEndsTheWholeWorkflow() {
    Play play =
        Play.of(
                """
                - many:
                    call: map
                    with: { in: '[1, 2]', do: [ { one: { set: { n: '${ $item }' }, then: end } } ] }
                - never: { set: { n: 0 } }
                """)
            .start("{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":1}"));
  }
}
