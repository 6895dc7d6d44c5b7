package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every scenario of the workflow specification's conformance kit, over HTTP. The kit is found in
 * {@code SIGNALBOX_CTK} or in {@code shared/ctk} beside the repository; without it nothing runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceKitJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final AtomicInteger passed = new AtomicInteger();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Pickle> scenarios = new ArrayList<>();
  private Optional<Outside> store = Optional.empty();

  @BeforeAll
  void read() throws IOException {
    Outside opened = PetStore.open();
    open.add(opened);
    store = Optional.of(opened);
    for (Path feature : features()) {
      try (Stream<Pickle> found = pickles(feature)) {
        found.forEach(scenarios::add);
      }
    }
  }

  @AfterAll
  void close() throws Exception {
    for (AutoCloseable it : open) {
      it.close();
    }
    assertThat(passed.get())
        .as("scenarios of the conformance kit that pass")
        .isEqualTo(scenarios.size());
  }

  @TestFactory
  Stream<DynamicNode> everyScenario() {
    return scenarios.stream().map(it -> DynamicTest.dynamicTest(it.getName(), () -> play(it)));
  }

  private void play(Pickle pickle) throws Exception {
    int number = scenarios.indexOf(pickle);
    var steps = new ConformanceSteps(GATEWAY.client(), store.orElseThrow(), number);
    for (PickleStep step : pickle.getSteps()) {
      steps.take(step.getText(), document(step));
    }
    passed.incrementAndGet();
  }

  private static String document(PickleStep step) {
    return step.getArgument()
        .flatMap(argument -> argument.getDocString())
        .map(text -> text.getContent())
        .orElse("");
  }

  private static Stream<Pickle> pickles(Path feature) throws IOException {
    return GherkinParser.builder()
        .includeSource(false)
        .includeGherkinDocument(false)
        .includePickles(true)
        .build()
        .parse(feature)
        .flatMap(envelope -> envelope.getPickle().stream());
  }

  private static List<Path> features() throws IOException {
    Optional<Path> kit =
        Stream.of(
                Optional.ofNullable(System.getProperty("SIGNALBOX_CTK")),
                Optional.ofNullable(System.getenv("SIGNALBOX_CTK")),
                Optional.of("../shared/ctk"),
                Optional.of("../../shared/ctk"))
            .flatMap(Optional::stream)
            .map(Path::of)
            .filter(Files::isDirectory)
            .findFirst();
    if (kit.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(kit.get())) {
      return files.filter(file -> file.toString().endsWith(".feature")).sorted().toList();
    }
  }
}
