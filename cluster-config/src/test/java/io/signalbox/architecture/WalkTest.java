package io.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The walk in docs/architecture.md can be walked. */
final class WalkTest {
  private static final int MOST = 10;
  private static final Pattern STEP =
      Pattern.compile("(?m)^\\d+\\. \\[\\w+]\\([^)]*src/main/java/([^)]+)\\.java\\)");

  @Test
  void eachStepIsReachedFromAnEarlierOne() throws IOException {
    List<JavaClass> steps =
        classes(Files.readString(Compiled.repository().resolve("docs/architecture.md")));
    assertThat(steps).hasSizeBetween(2, MOST);
    assertThat(unreached(steps)).isEmpty();
  }

  @Test
  void aStepThatNothingLeadsToIsFound() {
    List<JavaClass> steps =
        classes(
            """
            1. [RunRoutes](../src/main/java/io/signalbox/http/RunRoutes.java) leads to
            2. [Starter](../src/main/java/io/signalbox/http/Starter.java), but not to
            3. [Pool](../src/main/java/io/signalbox/boot/database/Pool.java).
            """);
    assertThat(unreached(steps)).containsExactly("Pool");
  }

  private static List<JavaClass> classes(String page) {
    JavaClasses production = Compiled.production();
    return STEP.matcher(page)
        .results()
        .map((MatchResult step) -> production.get(step.group(1).replace('/', '.')))
        .toList();
  }

  private static List<String> unreached(List<JavaClass> steps) {
    return IntStream.range(1, steps.size())
        .filter(
            i -> steps.subList(0, i).stream().noneMatch(earlier -> leads(earlier, steps.get(i))))
        .mapToObj(i -> steps.get(i).getSimpleName())
        .toList();
  }

  /** By a call, or by a message that one sends and the other takes. */
  private static boolean leads(JavaClass from, JavaClass to) {
    Set<String> seen = uses(from);
    return seen.contains(to.getName())
        || uses(to).stream().anyMatch(name -> isOrder(name) && seen.contains(name));
  }

  private static boolean isOrder(String name) {
    return name.startsWith("io.signalbox.protocol.run.RunCommand$")
        || name.equals("io.signalbox.protocol.run.Perform");
  }

  private static Set<String> uses(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }
}
