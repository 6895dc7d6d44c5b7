package io.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of dependencies says what the POMs say. */
final class DependenciesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| ([\\w.-]+:[\\w.-]+) \\| ([\\w.-]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern PLUGIN =
      Pattern.compile("<artifactId>([\\w-]+plugin)</artifactId><version>([^<]+)</version>");

  @Test
  void everyDirectDependencyIsListedWithItsVersion() throws IOException {
    Path repository = Compiled.repository();
    Map<String, String> listed = new TreeMap<>();
    for (String line : page(repository).lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(4).isBlank()) {
        listed.put(row.group(1), row.group(2));
      }
    }
    assertThat(listed).isEqualTo(Poms.dependencies(repository));
  }

  @Test
  void everyGateIsListedWithItsVersion() throws IOException {
    Path repository = Compiled.repository();
    String page = page(repository);
    String pom = Files.readString(repository.resolve("pom.xml"));
    for (String gate : new String[] {"enforcer", "jacoco", "spotless"}) {
      Matcher plugin = PLUGIN.matcher(pom);
      assertThat(
              plugin
                  .results()
                  .filter(found -> found.group(1).contains(gate))
                  .allMatch(
                      found ->
                          page.lines()
                              .anyMatch(
                                  line ->
                                      line.contains(found.group(1))
                                          && line.contains(found.group(2)))))
          .as(gate)
          .isTrue();
    }
  }

  private static String page(Path repository) throws IOException {
    return Files.readString(repository.resolve("docs/dependencies.md"));
  }
}
