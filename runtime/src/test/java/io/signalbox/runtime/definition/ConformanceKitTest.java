package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every definition of the DSL's conformance kit can be read. */
class ConformanceKitTest {
  private static final DefinitionReader READER = new DefinitionReader();

  @Test
  void everyScenarioCanBeRead() throws IOException {
    Path folder = kit();
    Assumptions.assumeTrue(Files.isDirectory(folder), "the kit is not there");
    List<String> texts = new ArrayList<>();
    try (Stream<Path> features = Files.list(folder)) {
      for (Path feature : features.filter(it -> it.toString().endsWith(".feature")).toList()) {
        definitions(Files.readString(feature), texts);
      }
    }
    assertThat(texts).hasSizeGreaterThan(15);
    for (String text : texts) {
      Reading reading = READER.read(text);
      assertThat(reading).as(text).isInstanceOf(Reading.Valid.class);
    }
  }

  private static Path kit() {
    return Path.of(System.getProperty("ctk", "../../shared/ctk"));
  }

  private static void definitions(String feature, List<String> into) {
    String[] parts = feature.split("\"\"\"", -1);
    for (int i = 1; i < parts.length; i += 2) {
      String text = parts[i].replaceFirst("^yaml", "").stripIndent();
      if (text.contains("document:")) {
        into.add(text);
      }
    }
  }
}
