package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every transition is visited, and none that nobody knows of: the lists below {@code transitions/}
 * say which facts happen to which work, and which stimuli lead to what in which phase. Random runs
 * and the tests of the interpreter together must see these and no others. {@code
 * -Dproof.write=true} writes the lists anew, to be read before they are kept.
 */
class TransitionsTest {
  private static final Path LISTS = Path.of("src/test/resources/transitions");
  private static final Set<String> OWN = Set.of("TransitionsTest.class", "CrashPropertyTest.class");

  @Test
  void everyTransitionIsVisitedAndNoOther() throws Exception {
    visitAll();
    compare("facts.txt", Visited.EVER.facts());
    compare("decisions.txt", Visited.EVER.decisions());
  }

  @Test
  void everyKindOfFactAndOfStimulusIsInTheLists() throws IOException {
    assertThat(subjects("facts.txt")).isEqualTo(names(Fact.class));
    assertThat(subjects("decisions.txt")).isEqualTo(names(Stimulus.class));
  }

  /** Random runs, and every test of this package that plays a run. */
  private static void visitAll() throws Exception {
    CrashPropertyTest.disturbed();
    for (Class<?> test : tests()) {
      for (Method method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          var constructor = test.getDeclaredConstructor();
          method.invoke(constructor.newInstance());
        }
      }
    }
  }

  private static List<Class<?>> tests() throws Exception {
    Path classes =
        Path.of(TransitionsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(TransitionsTest.class.getPackageName().replace('.', '/'));
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith("Test.class") && !OWN.contains(name)) {
          found.add(
              Class.forName(
                  TransitionsTest.class.getPackageName() + "." + name.replace(".class", "")));
        }
      }
    }
    return found;
  }

  /** Each line that is declared must be seen, but for those after a question mark: they may be. */
  private static void compare(String list, Set<String> seen) throws IOException {
    List<String> declared = Files.readAllLines(LISTS.resolve(list));
    Set<String> rare = new TreeSet<>();
    Set<String> sure = new TreeSet<>();
    declared.forEach(
        line -> {
          if (line.startsWith("? ")) {
            rare.add(line.substring(2));
          } else {
            sure.add(line);
          }
        });
    if (Boolean.getBoolean("proof.write")) {
      List<String> lines = new ArrayList<>();
      seen.stream().filter(line -> !rare.contains(line)).forEach(lines::add);
      rare.forEach(line -> lines.add("? " + line));
      Files.writeString(LISTS.resolve(list), String.join("\n", lines) + "\n");
      return;
    }
    assertThat(seen).as(list + ": every transition is visited").containsAll(sure);
    Set<String> known = new TreeSet<>(sure);
    known.addAll(rare);
    Set<String> unknown = new TreeSet<>(seen);
    unknown.removeAll(known);
    assertThat(unknown).as(list + ": what is new; -Dproof.write=true writes it down").isEmpty();
  }

  /** The first word of each line. */
  private static Set<String> subjects(String list) throws IOException {
    Set<String> subjects = new TreeSet<>();
    for (String line : Files.readAllLines(LISTS.resolve(list))) {
      subjects.add(line.replaceFirst("^\\? ", "").split("[ :]", 2)[0]);
    }
    return subjects;
  }

  private static Set<String> names(Class<?> kind) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(kind.getPermittedSubclasses()).map(Class::getSimpleName).forEach(names::add);
    return names;
  }
}
