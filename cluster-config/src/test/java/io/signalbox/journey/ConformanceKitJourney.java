package io.signalbox.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
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

  private final Scenes scenes = new Scenes(4);
  private final List<Scenario> scenarios = all();

  ConformanceKitJourney() throws Exception {}

  private static List<Scenario> all() throws IOException {
    Optional<Path> kit = kit();
    return kit.isEmpty() ? List.of() : Scenario.in(kit.get());
  }

  private static Optional<Path> kit() {
    return Stream.of(
            Optional.ofNullable(System.getProperty("SIGNALBOX_CTK")),
            Optional.ofNullable(System.getenv("SIGNALBOX_CTK")),
            Optional.of("../shared/ctk"),
            Optional.of("../../shared/ctk"))
        .flatMap(Optional::stream)
        .map(Path::of)
        .filter(Files::isDirectory)
        .findFirst();
  }

  @AfterAll
  void close() {
    scenes.close();
    scenes.havePassed(scenarios.size());
  }

  @TestFactory
  Stream<DynamicNode> everyScenario() {
    return scenes.tests(GATEWAY.client(), scenarios);
  }
}
