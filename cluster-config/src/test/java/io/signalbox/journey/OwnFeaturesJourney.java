package io.signalbox.journey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every scenario below {@code src/test/resources/features}, over HTTP. {@code -Dfeatures=TEXT}
 * plays only the files and scenarios with this text in their names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnFeaturesJourney {
  private static final Path FEATURES = Path.of("src/test/resources/features");
  private static final int AT_ONCE = 6;

  @RegisterExtension
  static final LiveGateway GATEWAY = LiveGateway.configured(FEATURES.resolve("gateway.conf"));

  private final Scenes scenes = new Scenes(AT_ONCE);
  private final List<Scenario> scenarios = wanted();

  OwnFeaturesJourney() throws Exception {}

  private static List<Scenario> wanted() throws Exception {
    String only = System.getProperty("features", "");
    return Scenario.in(FEATURES).stream()
        .filter(it -> it.name().contains(only) || it.file().toString().contains(only))
        .toList();
  }

  @BeforeAll
  static void thereAreFeatures() {
    if (!Files.isDirectory(FEATURES)) {
      throw new AssertionError(FEATURES.toAbsolutePath() + " is not a folder");
    }
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
