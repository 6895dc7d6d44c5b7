package io.signalbox.runtime.run;

import static io.signalbox.runtime.run.ChildRunsTest.AWAITED;
import static io.signalbox.runtime.run.ChildRunsTest.effects;
import static io.signalbox.runtime.run.ChildRunsTest.pinned;
import static io.signalbox.runtime.run.ChildRunsTest.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Child runs whose task is given up are ended, also when the run that gave them up has ended. */
class AbandonedChildRunsTest {
  @Test
  void cancellingTheParentCancelsTheChildUntilThatIsKnown() {
    Play play = Play.of(AWAITED).start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key)
        .give(new Stimulus.Control(Verb.CANCEL, "user:ada", Optional.empty(), Optional.empty()));
    Effect.CancelChild cancel = new Effect.CancelChild(new RunId("default", key), key);
    assertThat(effects(play, Effect.CancelChild.class)).containsExactly(cancel);
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(play.facts(Fact.CallUnknown.class)).isEmpty();
    play.crash();
    assertThat(standing(play)).containsExactly(cancel);
    assertThat(Summaries.due(play.state, play.now, Duration.ofSeconds(60))).isPresent();
    play.give(new Stimulus.ChildGone(key, "cancelled")).crash();
    assertThat(standing(play)).isEmpty();
    assertThat(Summaries.due(play.state, play.now, Duration.ofSeconds(60))).isEmpty();
    assertThat(play.facts(Fact.ChildReleased.class)).hasSize(1);
    play.give(new Stimulus.ChildGone(key, "cancelled"));
    assertThat(play.facts(Fact.ChildReleased.class)).hasSize(1);
  }

  @Test
  void aTaskThatTakesTooLongGivesItsChildUpAndTheRunGoesOn() {
    Play play =
        Play.of(
                """
                - guarded:
                    try:
                      - ask:
                          timeout: { after: PT5S }
                          run: { workflow: { namespace: ns, name: child, version: latest } }
                    catch:
                      do:
                        - late: { set: { late: true } }
                        - rest: { wait: PT1H }
                """)
            .start("{}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key).pass(Duration.ofSeconds(6));
    assertThat(effects(play, Effect.CancelChild.class)).hasSize(1);
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    play.succeed(key, 1, "{}");
    play.give(new Stimulus.ChildGone(key, "ended")).pass(Duration.ofHours(2));
    assertThat(play.output()).isEqualTo(Play.json("{\"late\":true}"));
  }

  @Test
  void aFaultElsewhereAndAnEarlyEndGiveTheChildUpToo() {
    for (String other :
        List.of(
            "{ raise: { error: { type: 'https://e.com/e', status: 500 } } }",
            "{ set: { a: 1 }, then: end }")) {
      Play play =
          Play.of(
                  """
                  - both:
                      fork:
                        branches:
                          - ask: { run: { workflow: { namespace: ns, name: child, version: '1.0.0' } } }
                          - other:
                              do:
                                - pause: { wait: PT1S }
                                - out: %s
                  """
                      .formatted(other))
              .start("{}");
      String key = effects(play, Effect.FindChild.class).getFirst().key();
      pinned(play, key).pass(Duration.ofSeconds(2));
      assertThat(play.status().ended()).as(play.view().toString()).isTrue();
      assertThat(effects(play, Effect.CancelChild.class)).hasSize(1);
      assertThat(play.state.live().values())
          .anyMatch(a -> a.work().equals(new Work.Leaving(key, key)));
      play.crash();
    }
  }

  @Test
  void aSnapshotKeepsAChildThatIsStillToBeEnded() {
    Play play = Play.of(AWAITED).start("{\"n\":1}");
    String key = effects(play, Effect.FindChild.class).getFirst().key();
    pinned(play, key)
        .give(new Stimulus.Control(Verb.CANCEL, "user:ada", Optional.empty(), Optional.empty()));
    SnapshotSerializer serializer = new SnapshotSerializer();
    RunSnapshot snapshot = RunSnapshot.of(new RunEntity.Kept(play.state, "head", false));
    Object read;
    try {
      read = serializer.fromBinary(serializer.toBinary(snapshot), serializer.manifest(snapshot));
    } catch (java.io.NotSerializableException e) {
      throw new AssertionError(e);
    }
    assertThat(read).isEqualTo(snapshot);
    assertThat(((RunSnapshot) read).kept().state()).isEqualTo(play.state);
  }
}
