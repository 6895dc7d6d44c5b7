package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlsTest {
  private static final String ONE_CALL =
      """
      - act: { call: tool, with: { tool: t, arguments: { a: 1 } } }
      """;

  private static Play oneCall(OnUnknownOutcome policy) {
    return Play.of(ONE_CALL).tool("t", policy).start("{}");
  }

  @Test
  void aSuspendedRunRecordsWhatArrivesAndGoesOnWhenResumed() {
    Play play = oneCall(OnUnknownOutcome.ASK);
    play.give(new Stimulus.Control(Verb.SUSPEND, "user:ada", Optional.empty(), Optional.empty()));
    play.succeed(play.lastSent().key(), 1, "{\"n\":1}");
    assertThat(play.status()).isEqualTo(RunStatus.SUSPENDED);
    assertThat(play.facts(Fact.TaskCompleted.class)).isEmpty();
    play.give(new Stimulus.Control(Verb.RESUME, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.output()).isEqualTo(Play.json("{\"n\":1}"));
  }

  @Test
  void cancellingRecordsThatTheOutcomeOfACallInFlightIsUnknown() {
    Play play = oneCall(OnUnknownOutcome.ASK);
    play.give(new Stimulus.Control(Verb.CANCEL, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(play.facts(Fact.CallUnknown.class)).hasSize(1);
  }

  @Test
  void whatARunCannotDoNowIsAConflictAndLeavesNoFact() {
    Play play = oneCall(OnUnknownOutcome.ASK);
    int turns = play.turns.size();
    play.give(new Stimulus.Control(Verb.RESUME, "user:ada", Optional.empty(), Optional.empty()));
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
    assertThat(play.turns).hasSize(turns);
  }

  @Test
  void onlyAnEndedRunIsDeletedAndItsIdStaysUsed() {
    Play play = oneCall(OnUnknownOutcome.ASK);
    Stimulus delete =
        new Stimulus.Control(Verb.DELETE, "user:ada", Optional.of("old"), Optional.empty());
    play.give(delete);
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
    play.succeed(play.lastSent().key(), 1, "{}");
    play.give(delete);
    assertThat(play.facts(Fact.RunDeleted.class))
        .containsExactly(new Fact.RunDeleted("user:ada", Optional.of("old"), RunStatus.COMPLETED));
    assertThat(play.state.live()).isEmpty();
    assertThat(play.state.begun()).isEmpty();
    play.start("{}");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
    play.give(delete);
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void theSameRunIsNotStartedTwice() {
    Play play = oneCall(OnUnknownOutcome.ASK).start("{}");
    assertThat(play.refusal.orElseThrow()).isInstanceOf(Refusal.Conflict.class);
  }
}
