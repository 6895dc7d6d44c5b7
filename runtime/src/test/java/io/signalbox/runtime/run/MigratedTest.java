package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Fact;
import org.junit.jupiter.api.Test;

class MigratedTest {
  @Test
  void aMigratedRunIsOfTheOtherVersionAndStandsWhereItStood() {
    Play play = Play.of("- a: { wait: PT1H }\n").start("{}");
    WorkflowRef other = new WorkflowRef("test", "play", "2.0.0");
    Fact migrated =
        new Fact.RunMigrated(
            "user:ada",
            play.state.began().workflow(),
            play.state.began().digest(),
            other,
            "sha256:2");
    RunState after = play.state.after(migrated, play.now);
    Visited.EVER.happened(migrated, play.state, after);
    assertThat(after.began().workflow()).isEqualTo(other);
    assertThat(after.began().digest()).isEqualTo("sha256:2");
    assertThat(after.live()).isEqualTo(play.state.live());
  }
}
