package io.signalbox.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every step a scenario can take, those of the conformance kit and those of our own. What our own
 * mean is written in {@code src/test/resources/features/README.md}.
 */
final class StepBook {
  private final List<Entry> entries = new ArrayList<>();

  /** What a step does; the groups are those of its pattern. */
  interface Action {
    void act(Stage stage, Matcher groups, String document) throws Exception;
  }

  private record Entry(Pattern pattern, Action action) {}

  private record Found(Entry entry, Matcher groups) {}

  private StepBook() {}

  static StepBook all() {
    StepBook book = new StepBook();
    GivenSteps.in(book);
    WhenSteps.in(book);
    ThenSteps.in(book);
    OutputSteps.in(book);
    HistorySteps.in(book);
    LabelSteps.in(book);
    return book;
  }

  /**
   * From now on steps that match are taken so.
   *
   * @param pattern a regular expression for the whole step, without "given" at its beginning
   */
  StepBook on(String pattern, Action action) {
    entries.add(new Entry(Pattern.compile(pattern), action));
    return this;
  }

  /** Takes a step; one that nothing or more than one thing matches is an error. */
  void take(Stage stage, Scenario.Step step) throws Exception {
    String text = step.text().replaceFirst("^given ", "");
    List<Found> found =
        entries.stream()
            .map(entry -> new Found(entry, entry.pattern().matcher(text)))
            .filter(it -> it.groups().matches())
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.isEmpty()
              ? "no step of this name is known"
              : "more than one step: " + found.stream().map(Found::entry).toList());
    }
    Found one = found.getFirst();
    one.entry().action().act(stage, one.groups(), stage.local(step.document()));
  }
}
