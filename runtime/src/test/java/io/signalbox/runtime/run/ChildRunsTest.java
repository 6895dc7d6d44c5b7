package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Parent;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.WorkflowError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildRunsTest {
  private static final WorkflowRef CHILD = new WorkflowRef("ns", "child", "2.0.0");
  static final String AWAITED =
      """
      - ask:
          run:
            workflow: { namespace: ns, name: child, version: latest, input: { n: '${ .n + 1 }' } }
      - after: { set: { got: '${ . }' } }
      """;

  static Play pinned(Play play, String key) {
    return play.give(new Stimulus.ChildFound(key, Optional.of(CHILD), "sha256:c"));
  }

  static <T extends Effect> List<T> effects(Play play, Class<T> type) {
    return play.effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Play ended(Play play, String key, Outcome outcome) {
    return play.give(new Stimulus.Performed(key, 1, outcome));
  }

  private static Outcome faulted(WorkflowError error) {
    return new Outcome.Failed(
        "runtime", error.status(), "because", Optional.empty(), Optional.of(error));
  }

  @Test
  void theWorkflowIsLookedForThenPinnedThenStarted() {
    Play play = Play.of(AWAITED).start("{\"n\":1}");
    Effect.FindChild find = effects(play, Effect.FindChild.class).getFirst();
    assertThat(find).isEqualTo(new Effect.FindChild(find.key(), "ns", "child", "latest"));
    pinned(play, find.key());
    Effect.StartChild start = effects(play, Effect.StartChild.class).getFirst();
    assertThat(start.child()).isEqualTo(new RunId("default", find.key()));
    assertThat(start.order())
        .isEqualTo(
            new StartRun(
                CHILD,
                "sha256:c",
                Play.json("{\"n\":2}"),
                Map.of("parent", "r1"),
                "user:ada",
                false,
                Optional.of(
                    new Parent(
                        "r1", "/do/0/ask", find.key(), true, 1, Optional.of(List.of("default"))))));
    assertThat(play.facts(Fact.ChildPinned.class))
        .singleElement()
        .satisfies(pin -> assertThat(pin.digest()).isEqualTo("sha256:c"));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    assertThat(play.view().waitingFor())
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.kind()).isEqualTo("run");
              assertThat(w.id()).contains(find.key());
            });
  }

  @Test
  void theChildsOutputIsTheTasksAndNewsThatComeTwiceChangeNothing() {
    Play play = Play.of(AWAITED).start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key);
    pinned(play, key);
    assertThat(play.facts(Fact.ChildPinned.class)).hasSize(1);
    play.succeed(key, 1, "{\"done\":true}").succeed(key, 1, "{\"done\":false}");
    assertThat(play.output()).isEqualTo(Play.json("{\"got\":{\"done\":true}}"));
    assertThat(play.facts(Fact.CallSettled.class))
        .singleElement()
        .satisfies(it -> assertThat(it.settledBy()).isEqualTo("child"));
  }

  @Test
  void theChildsErrorBecomesTheTasksAndCanBeCaught() {
    Play play =
        Play.of(
                """
                - guarded:
                    try:
                      - ask: { run: { workflow: { namespace: ns, name: child, version: '2.0.0' } } }
                    catch:
                      errors: { with: { type: 'https://example.com/mine' } }
                      as: it
                      do:
                        - keep: { set: { error: '${ $it }' } }
                """)
            .start("{}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key);
    ended(
        play,
        key,
        faulted(
            new WorkflowError(
                "https://example.com/mine", 418, "Teapot", Optional.of("short"), "/do/9/inner")));
    assertThat(play.output().at("/error/status").asInt()).isEqualTo(418);
    assertThat(play.output().at("/error/title").asText()).isEqualTo("Teapot");
    assertThat(play.output().at("/error/instance").asText()).isEqualTo("/do/0/guarded/try/0/ask");
  }

  @Test
  void aWorkflowThatIsNotThereIsAConfigurationError() {
    Play play = Play.of(AWAITED).start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    play.give(new Stimulus.ChildFound(key, Optional.empty(), ""));
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    WorkflowError error = play.view().error().orElseThrow();
    assertThat(error.type()).endsWith("/configuration");
    assertThat(error.detail()).contains("there is no workflow ns/child:latest");
  }

  @Test
  void nobodyWaitsForAChildThatIsNotAwaited() {
    Play play =
        Play.of(
                """
                - ask:
                    run:
                      await: false
                      workflow: { namespace: ns, name: child, version: latest }
                """)
            .start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key);
    assertThat(play.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(effects(play, Effect.StartChild.class).getFirst().order().parent().orElseThrow())
        .satisfies(parent -> assertThat(parent.awaited()).isFalse());
    play.succeed(key, 1, "{}");
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":1}"));
    assertThat(effects(play, Effect.CancelChild.class)).isEmpty();
  }

  @Test
  void whatIsNotReturnedIsNull() {
    Play play =
        Play.of(
                """
                - ask:
                    run:
                      return: none
                      workflow: { namespace: ns, name: child, version: latest }
                """)
            .start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key).succeed(key, 1, "{\"secret\":1}");
    assertThat(play.output().isNull()).isTrue();
  }

  @Test
  void whateverWasLostIsSaidAgainAfterACrash() {
    Play play = Play.of(AWAITED).start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    assertThat(standing(play)).isEqualTo(effects(play, Effect.FindChild.class));
    pinned(play.crash(), key);
    assertThat(standing(play)).isEqualTo(effects(play, Effect.StartChild.class));
    play.crash();
    assertThat(play.facts(Fact.CallUnknown.class)).isEmpty();
    assertThat(Summaries.due(play.state, play.now, Duration.ofSeconds(60)))
        .contains(play.now.plusSeconds(60));
    play.succeed(key, 1, "{}");
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
  }

  static List<Effect> standing(Play play) {
    return Effects.standing(
        Play.RUN, new io.signalbox.runtime.catalog.Rulebook(1, Map.of(), Map.of()), play.state);
  }

  @Test
  void runsStandOnlySoDeepBelowOneAnother() {
    Play play = Play.of(AWAITED);
    play.give(
        new Stimulus.Start(
            new StartRun(
                new WorkflowRef("default", "play", "1.0.0"),
                "d",
                Play.json("{\"n\":1}"),
                Map.of(),
                "user:ada",
                false,
                Optional.of(new Parent("up", "/do/0/x", "up-3", true, 10)))));
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
    assertThat(play.view().error().orElseThrow().detail().orElse("")).contains("nesting");
    assertThat(play.view().parent().orElseThrow().run()).isEqualTo("up");
    assertThat(effects(play, Effect.Report.class))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.parent()).isEqualTo(new RunId("default", "up"));
              assertThat(report.key()).isEqualTo("up-3");
              assertThat(((Outcome.Failed) report.outcome()).error()).isPresent();
            });
  }
}
