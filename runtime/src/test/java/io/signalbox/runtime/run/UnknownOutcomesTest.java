package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnknownOutcomesTest {
  private static final String ONE_CALL =
      """
      - act: { call: tool, with: { tool: t, arguments: { a: 1 } } }
      """;

  private static Play oneCall(OnUnknownOutcome policy) {
    return Play.of(ONE_CALL).tool("t", policy).start("{}");
  }

  @Test
  void anIdempotentCallIsSentAgainUnderTheSameKey() {
    Play play = oneCall(OnUnknownOutcome.IDEMPOTENT).crash();
    assertThat(play.sent()).hasSize(2);
    assertThat(play.sent().get(1).key()).isEqualTo(play.sent().get(0).key());
    assertThat(play.sent().get(1).attempt()).isEqualTo(2);
  }

  @Test
  void aProbedCallIsSettledByWhatTheProbeFinds() {
    Play play = oneCall(OnUnknownOutcome.PROBE).crash();
    assertThat(play.lastSent().mode()).isEqualTo(Perform.Mode.PROBE);
    play.succeed(play.lastSent().key(), play.lastSent().attempt(), "{\"id\":9}");
    assertThat(play.output()).isEqualTo(Play.json("{\"id\":9}"));
    assertThat(play.facts(Fact.CallSettled.class).getFirst().settledBy()).isEqualTo("probe");
    assertThat(play.sent()).filteredOn(p -> p.mode() == Perform.Mode.SEND).hasSize(1);
  }

  @Test
  void aProbeThatFindsNothingLetsTheCallBeSentAgainUnderTheSameKey() {
    Play play = oneCall(OnUnknownOutcome.PROBE).crash();
    play.give(
        new Stimulus.Performed(
            play.lastSent().key(), play.lastSent().attempt(), new Outcome.Absent()));
    assertThat(play.lastSent().mode()).isEqualTo(Perform.Mode.SEND);
    assertThat(play.lastSent().key()).isEqualTo(play.sent().getFirst().key());
  }

  @Test
  void aPersonSettlesACallThatCannotBeProbed() {
    Play play = oneCall(OnUnknownOutcome.ASK).crash();
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    assertThat(play.view().waitingFor().getFirst().kind()).isEqualTo("outcome");
    play.give(
        new Stimulus.Resolved(
            "/do/0/act",
            "succeeded",
            Optional.of(Play.json("{\"seen\":1}")),
            "checked",
            "user:ada"));
    assertThat(play.output()).isEqualTo(Play.json("{\"seen\":1}"));
  }

  @Test
  void aCallThatMustNotBeGuessedFaults() {
    Play play = oneCall(OnUnknownOutcome.FAIL).crash();
    assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
  }

  @Test
  void anAnswerThatComesLateStillSettlesTheCall() {
    Play play = oneCall(OnUnknownOutcome.ASK).crash();
    play.succeed(play.lastSent().key(), 1, "{\"late\":true}");
    assertThat(play.output()).isEqualTo(Play.json("{\"late\":true}"));
  }

  @Test
  void aSettledCallIsNotMadeAgainAfterACrash() {
    Play play =
        Play.of(
                """
                - a: { call: tool, with: { tool: t, arguments: {} } }
                - b: { wait: { hours: 1 } }
                """)
            .tool("t", OnUnknownOutcome.PROBE)
            .start("{}");
    play.succeed(play.lastSent().key(), 1, "{}").crash();
    assertThat(play.sent()).hasSize(1);
    play.pass(Duration.ofHours(1));
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
  }
}
