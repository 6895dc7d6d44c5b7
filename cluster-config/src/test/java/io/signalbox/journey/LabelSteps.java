package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

/** Which labels a workflow has put on its run. */
final class LabelSteps {
  private LabelSteps() {}

  static void in(StepBook book) {
    book.on(
            "the workflow should be labelled '([^']+)' '([^']*)'",
            (stage, groups, _) ->
                assertThat(stage.run().at("/labels").path(groups.group(1)).asText())
                    .isEqualTo(groups.group(2)))
        .on(
            "the workflow should not be labelled '([^']+)'",
            (stage, groups, _) ->
                assertThat(stage.run().at("/labels").has(groups.group(1))).isFalse());
  }
}
