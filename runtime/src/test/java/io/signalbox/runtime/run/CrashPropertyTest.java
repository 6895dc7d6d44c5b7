package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import io.signalbox.runtime.run.Interpreter.Bounds;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Random definitions, random stimuli, a crash after any turn. {@code -Dproof.seed} begins elsewhere
 * ({@code now}: somewhere new), {@code -Dproof.cases} plays more. What fails is made small and
 * printed with all it was given.
 */
class CrashPropertyTest {
  private static final DefinitionReader READER = new DefinitionReader();
  private static final int CASES = Integer.getInteger("proof.cases", 1000);
  private static final long SEED = seed();

  private static long seed() {
    String given = System.getProperty("proof.seed", "20260115");
    return given.equals("now") ? System.nanoTime() : Long.parseLong(given);
  }

  /** One failure, told so that it can be repeated. */
  private interface Property {
    /** What is wrong with this definition, if anything; empty too when it is none. */
    Optional<String> failure(ObjectNode definition, long seed, int onlyCrash);
  }

  @Test
  void aRunThatCrashedEndsAsOneThatDidNot() {
    int[] compared = {0};
    all(
        true,
        (source, seed, only) -> {
          Optional<Definition> read = read(source);
          if (read.isEmpty()) {
            return Optional.empty();
          }
          Bounds bounds = bounds(source, seed);
          Course whole = new Course(read.get(), bounds, _ -> false, Visited.EVER);
          Course crashed = new Course(read.get(), bounds, crashes(seed, only), Visited.EVER);
          try {
            whole.start(seed);
            new SteadyWorld(whole, seed).play();
            crashed.start(seed);
            new SteadyWorld(crashed, seed).play();
          } catch (RuntimeException | AssertionError e) {
            return Optional.of(e + "\n" + whole.told() + "\n-- crashed:\n" + crashed.told());
          }
          boolean undecided =
              whole.cutShort
                  || crashed.cutShort
                  || (forks(source) && (whole.split || crashed.split));
          if (undecided) {
            return Optional.empty();
          }
          compared[0]++;
          String one = ending(whole);
          String other = ending(crashed);
          return one.equals(other)
              ? Optional.empty()
              : Optional.of(
                  "ends otherwise:\n%s\n%s\n-- whole:\n%s\n-- crashed:\n%s"
                      .formatted(one, other, whole.told(), crashed.told()));
        });
    assertThat(compared[0]).as("runs that could be compared").isGreaterThan(CASES * 2 / 3);
  }

  @Test
  void theLawsHoldWhateverArrives() {
    disturbed();
  }

  /** Random runs to which everything happens. */
  static void disturbed() {
    all(
        false,
        (source, seed, only) -> {
          Optional<Definition> read = read(source);
          if (read.isEmpty()) {
            return Optional.empty();
          }
          Course course =
              new Course(read.get(), bounds(source, seed), crashes(seed, only), Visited.EVER);
          try {
            course.start(seed);
            new Chaos(course, seed).disturb(25);
            new SteadyWorld(course, seed).play();
          } catch (RuntimeException | AssertionError e) {
            return Optional.of(e + "\n" + course.told());
          }
          return Optional.empty();
        });
  }

  private static void all(boolean steady, Property property) {
    System.getLogger("proof").log(System.Logger.Level.INFO, "seed " + SEED + ", cases " + CASES);
    SplittableRandom seeds = new SplittableRandom(SEED);
    int valid = 0;
    for (int i = 0; i < CASES; i++) {
      long seed = seeds.nextLong();
      ObjectNode source =
          RandomDefinition.of(seed, 2 + (int) Long.remainderUnsigned(seed, 12), steady);
      valid += read(source).isPresent() ? 1 : 0;
      Optional<String> failure = property.failure(source, seed, 0);
      if (failure.isPresent()) {
        throw new AssertionError(shrunk(source, seed, property, failure.get()));
      }
    }
    assertThat(valid).as("definitions that are valid").isGreaterThan(CASES * 9 / 10);
  }

  private static String shrunk(ObjectNode source, long seed, Property property, String failure) {
    String kind = kind(failure);
    ObjectNode small =
        Shrinking.smallest(
            source,
            it -> property.failure(it, seed, 0).map(f -> kind(f).equals(kind)).orElse(false));
    String told = property.failure(small, seed, 0).orElse(failure);
    for (int only = 1; only < 40; only++) {
      Optional<String> once = property.failure(small, seed, only);
      if (once.isPresent() && kind(once.get()).equals(kind)) {
        told = once.get();
        break;
      }
    }
    return "seed " + SEED + ", case " + seed + "\n" + small.toPrettyString() + "\n" + told;
  }

  /** The first words: a smaller definition must fail in the same way. */
  private static String kind(String failure) {
    return failure.substring(0, Math.min(45, failure.length())).lines().findFirst().orElse("");
  }

  private static Optional<Definition> read(ObjectNode source) {
    return switch (READER.readAgain(source)) {
      case Reading.Valid valid -> Optional.of(valid.definition());
      case Reading.Faulty _ -> Optional.empty();
    };
  }

  /** Branches race: where their turns are cut must not be left to chance when ends are compared. */
  private static Bounds bounds(ObjectNode source, long seed) {
    Bounds standard = Bounds.STANDARD;
    int facts =
        forks(source) ? 300 : List.of(4, 20, 300).get((int) Long.remainderUnsigned(seed, 3));
    return new Bounds(
        facts,
        standard.httpTimeout(),
        1000,
        3,
        standard.eventsPerListen(),
        standard.eventsQueued(),
        standard.nesting(),
        standard.processTimeout(),
        standard.limits());
  }

  private static boolean forks(ObjectNode source) {
    return source.findValue("fork") != null;
  }

  private static IntPredicate crashes(long seed, int only) {
    if (only > 0) {
      return turn -> turn == only;
    }
    int percent = List.of(10, 40, 100).get((int) Long.remainderUnsigned(seed >>> 8, 3));
    return turn -> turn < 24 && new SplittableRandom(seed + turn).nextInt(100) < percent;
  }

  /** How a run ended, and which tasks it began. */
  private static String ending(Course course) {
    RunState s = course.state;
    String end =
        switch (s.phase()) {
          case Phase.Completed p -> "completed " + p.output();
          case Phase.Faulted p -> "faulted " + p.error();
          case Phase.Cancelled _ -> "cancelled";
          case Phase.Deleted _ -> "deleted";
          case Phase.Unstarted _, Phase.Running _, Phase.Suspended _, Phase.Frozen _ -> "alive";
        };
    List<String> begun =
        course.facts.stream()
            .flatMap(
                f ->
                    f instanceof Fact.TaskStarted t
                        ? java.util.stream.Stream.of(t.task())
                        : java.util.stream.Stream.of())
            .sorted()
            .toList();
    return end + "\n  context " + s.context() + "\n  tasks " + begun;
  }
}
