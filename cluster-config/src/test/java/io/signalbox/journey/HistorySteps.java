package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Which tasks ran, in which order and how often. */
final class HistorySteps {
  private static final String TASK = "([\\w-]+) should ";

  private HistorySteps() {}

  static void in(StepBook book) {
    book.on(
            TASK + "run first",
            (stage, groups, _) ->
                assertThat(names(stage, "task.started")).startsWith(groups.group(1)))
        .on(
            TASK + "run last",
            (stage, groups, _) ->
                assertThat(names(stage, "task.started")).endsWith(groups.group(1)))
        .on(
            TASK + "run after ([\\w-]+)",
            (stage, groups, _) -> {
              List<String> started = names(stage, "task.started");
              assertThat(started).contains(groups.group(1), groups.group(2));
              assertThat(started.indexOf(groups.group(1)))
                  .isEqualTo(started.indexOf(groups.group(2)) + 1);
            })
        .on(
            TASK + "not run",
            (stage, groups, _) ->
                assertThat(names(stage, "task.started")).doesNotContain(groups.group(1)))
        .on(
            TASK + "(?:run|be (retried|cancelled|skipped|faulted|completed)) (\\d+) times?",
            (stage, groups, _) -> {
              String what = groups.group(2) == null ? "started" : groups.group(2);
              assertThat(names(stage, "task." + what))
                  .filteredOn(groups.group(1)::equals)
                  .hasSize(Integer.parseInt(groups.group(3)));
            });
  }

  /** The last parts of the pointers of tasks this has happened to, in order. */
  private static List<String> names(Stage stage, String type) throws Exception {
    return stage.client.tasks(stage.id(), type).stream()
        .map(pointer -> pointer.substring(pointer.lastIndexOf('/') + 1))
        .toList();
  }
}
