package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fork of thousands of branches: bounded turns, and no turn that looks at all of them. */
class WideForkTest {
  private static final int WIDE = 5000;

  private static String branches(String task) {
    StringBuilder tasks = new StringBuilder("- wide:\n    fork:\n      branches:\n");
    for (int i = 0; i < WIDE; i++) {
      tasks.append("        - b").append(i).append(": ");
      tasks.append(task.replace("#", String.valueOf(i))).append('\n');
    }
    return tasks.toString();
  }

  @Test
  @Timeout(120)
  void branchesWithoutTheOutsideFinishInBoundedTurns() {
    Play play = Play.of(branches("{ set: { n: # } }")).start("{}");
    assertThat(play.output()).hasSize(WIDE);
    assertThat(play.output().at("/4999/n").intValue()).isEqualTo(4999);
    assertThat(play.turns).hasSizeBetween(WIDE / 1000, 2 * WIDE / 1000 + 2);
    assertThat(play.turns).extracting(t -> t.facts().size()).allMatch(n -> n <= 1002);
  }

  @Test
  @Timeout(120)
  void callsThatComeBackOneByOneCostTheSameEach() {
    Play play =
        Play.of(branches("{ call: tool, with: { tool: t, arguments: { n: # } } }"))
            .tool("t", OnUnknownOutcome.ASK)
            .start("{}");
    assertThat(play.sent()).hasSize(WIDE);
    for (var perform : play.sent().reversed()) {
      play.succeed(perform.key(), 1, "1");
      assertThat(play.turns.getLast().facts()).hasSizeLessThanOrEqualTo(4);
    }
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  @Timeout(120)
  void timersThatAreDueOneByOneCostTheSameEach() {
    Play play = Play.of(branches("{ wait: { seconds: # } }")).start("{}");
    play.pass(Duration.ZERO);
    for (int i = 1; i < WIDE; i++) {
      assertThat(Timers.next(play.state)).contains(play.now.plusSeconds(1));
      play.pass(Duration.ofSeconds(1));
      assertThat(play.turns.getLast().facts()).hasSizeLessThanOrEqualTo(3);
    }
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aViewNamesOnlySoManyOfItsTasks() {
    Play play = Play.of(branches("{ wait: PT1H }")).start("{}");
    assertThat(play.view().waitingFor()).hasSize(1000);
    assertThat(play.view().currentTasks()).hasSize(1000);
  }
}
