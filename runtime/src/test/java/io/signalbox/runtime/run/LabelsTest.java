package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static Play labelled(String labels, String input) {
    return Play.of(
            "- a: { set: { n: '${ .n }' }, metadata: { signalbox: { labels: %s } } }"
                .formatted(labels))
        .start(input);
  }

  @Test
  void aTaskLabelsItsRunWhenItIsDone() {
    Play play = labelled("{ tier: gold, n: '${ .n }', in: '${ $input.n }' }", "{\"n\":5}");
    assertThat(play.view().labels()).isEqualTo(Map.of("tier", "gold", "n", "5", "in", "5"));
    assertThat(play.facts(Fact.RunLabelled.class)).hasSize(1);
  }

  @Test
  void nullTakesALabelOff() {
    Play play =
        Play.of(
                """
                - a: { set: { x: 1 }, metadata: { signalbox: { labels: { stage: one, keep: yes } } } }
                - b: { set: { x: 2 }, metadata: { signalbox: { labels: { stage: '${ null }' } } } }
                """)
            .start("{}");
    assertThat(play.view().labels()).isEqualTo(Map.of("keep", "yes"));
  }

  @Test
  void whatChangesNothingIsNotRecorded() {
    Play play =
        Play.of(
                """
                - a: { set: { x: 1 }, metadata: { signalbox: { labels: { stage: one } } } }
                - b: { set: { x: 2 }, metadata: { signalbox: { labels: { stage: one, none: '${ null }' } } } }
                """)
            .start("{}");
    assertThat(play.facts(Fact.RunLabelled.class)).hasSize(1);
  }

  @Test
  void aLabelThatIsNoTextOrTooLongFaultsTheTask() {
    assertThat(labelled("{ x: '${ {} }' }", "{}").status()).isEqualTo(RunStatus.FAULTED);
    assertThat(
            labelled("{ x: '${ \"y\" * 300 }' }", "{}")
                .view()
                .error()
                .orElseThrow()
                .detail()
                .orElseThrow())
        .contains("label-length");
  }

  @Test
  void tooManyLabelsFaultTheTask() {
    Play play =
        Play.of(
                """
                - each:
                    for: { in: '[range(0; 65)]' }
                    do:
                      - a: { set: { x: 1 }, metadata: { signalbox: { labels: { same: one } } } }
                """)
            .start("{}");
    assertThat(play.status()).isEqualTo(RunStatus.COMPLETED);
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 65; i++) {
      many.append("l").append(i).append(": v, ");
    }
    assertThat(labelled(many + "}", "{}").view().error().orElseThrow().detail().orElseThrow())
        .contains("65 labels");
  }
}
