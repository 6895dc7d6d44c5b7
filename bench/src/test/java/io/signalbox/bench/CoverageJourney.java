package io.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Test;

/**
 * At least 85 % of the lines of the rooms that runs depend on are executed by the tests of all
 * modules together, server processes included. It is the last module's, so that all others have
 * run.
 */
class CoverageJourney {
  private static final List<String> ROOMS = List.of("protocol", "runtime", "agents");
  private static final double LEAST = 0.85;

  @Test
  void theTestsExecuteMostLinesOfTheRooms() throws IOException {
    List<Path> executions = executions();
    assumeTrue(
        executions.stream().anyMatch(it -> it.toString().contains("cluster-config")),
        "without the journeys' own data there is nothing to judge");
    ExecFileLoader loader = new ExecFileLoader();
    for (Path execution : executions) {
      loader.load(execution.toFile());
    }
    CoverageBuilder coverage = new CoverageBuilder();
    Analyzer analyzer = new Analyzer(loader.getExecutionDataStore(), coverage);
    for (String room : ROOMS) {
      analyzer.analyzeAll(Path.of("..", room, "target", "classes").toFile());
    }
    int lines =
        coverage.getClasses().stream().mapToInt(it -> it.getLineCounter().getTotalCount()).sum();
    int covered =
        coverage.getClasses().stream().mapToInt(it -> it.getLineCounter().getCoveredCount()).sum();
    assertThat((double) covered / lines)
        .as("%d of %d lines; least covered:%n%s", covered, lines, lowest(coverage))
        .isGreaterThanOrEqualTo(LEAST);
  }

  private static String lowest(CoverageBuilder coverage) {
    return coverage.getClasses().stream()
        .sorted(
            Comparator.comparingInt((IClassCoverage it) -> it.getLineCounter().getMissedCount())
                .reversed())
        .limit(20)
        .map(it -> it.getLineCounter().getMissedCount() + " lines of " + it.getName() + "\n")
        .reduce("", String::concat);
  }

  private static List<Path> executions() throws IOException {
    try (Stream<Path> found =
        Files.find(Path.of(".."), 4, (file, _) -> file.endsWith("target/jacoco.exec"))) {
      return found.toList();
    }
  }
}
