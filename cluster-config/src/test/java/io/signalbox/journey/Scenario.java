package io.signalbox.journey;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One scenario of a feature file. */
record Scenario(Path file, String name, List<Step> steps) {
  Scenario {
    steps = List.copyOf(steps);
  }

  /** One step, the text below it, and its line in the file. */
  record Step(long line, String text, String document) {}

  /** Every scenario of every feature file in a folder, ordered by file. */
  static List<Scenario> in(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(file -> file.toString().endsWith(".feature")).sorted().toList();
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files) {
      scenarios.addAll(of(file));
    }
    return scenarios;
  }

  boolean mentions(String text) {
    return steps.stream().anyMatch(step -> step.document().contains(text));
  }

  private static List<Scenario> of(Path file) throws IOException {
    List<Envelope> envelopes;
    try (Stream<Envelope> parsed =
        GherkinParser.builder()
            .includeSource(false)
            .includeGherkinDocument(true)
            .includePickles(true)
            .build()
            .parse(file)) {
      envelopes = parsed.toList();
    }
    envelopes.stream()
        .flatMap(envelope -> envelope.getParseError().stream())
        .findFirst()
        .ifPresent(
            error -> {
              throw new AssertionError(file + ": " + error.getMessage());
            });
    Map<String, Long> lines = new HashMap<>();
    envelopes.stream()
        .flatMap(envelope -> envelope.getGherkinDocument().stream())
        .forEach(document -> lines.putAll(lines(document)));
    return envelopes.stream()
        .flatMap(envelope -> envelope.getPickle().stream())
        .map(pickle -> new Scenario(file, pickle.getName(), steps(pickle, lines)))
        .toList();
  }

  private static Map<String, Long> lines(GherkinDocument document) {
    Map<String, Long> lines = new HashMap<>();
    document.getFeature().stream()
        .flatMap(feature -> feature.getChildren().stream())
        .flatMap(Scenario::steps)
        .forEach(step -> lines.put(step.getId(), step.getLocation().getLine()));
    return lines;
  }

  private static Stream<io.cucumber.messages.types.Step> steps(FeatureChild child) {
    return Stream.concat(
        child.getBackground().stream().flatMap(it -> it.getSteps().stream()),
        child.getScenario().stream().flatMap(it -> it.getSteps().stream()));
  }

  private static List<Step> steps(Pickle pickle, Map<String, Long> lines) {
    return pickle.getSteps().stream()
        .map(
            step ->
                new Step(
                    lines.getOrDefault(step.getAstNodeIds().getFirst(), 0L),
                    step.getText(),
                    document(step)))
        .toList();
  }

  private static String document(PickleStep step) {
    return step.getArgument()
        .flatMap(argument -> argument.getDocString())
        .map(text -> text.getContent())
        .orElse("");
  }
}
