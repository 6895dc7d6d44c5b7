package io.signalbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What decides (the interpreter, the judge, every state and what they are made of) neither acts nor
 * looks outside: no actors, network, files, clock, chance or logs, and of Jackson the tree alone.
 */
final class PurityTest {
  /** The shells of the durable run: they act on what the others decided. */
  private static final Set<String> SHELLS =
      Set.of(
          "RunEntity",
          "RunDoing",
          "RunAnswers",
          "ChildCalls",
          "RunParts",
          "RunSnapshot",
          "SnapshotSerializer",
          "Hashes",
          "RunMoves",
          "Tags");

  private static final DescribedPredicate<JavaClass> OUTSIDE =
      resideInAnyPackage(
              "org.apache.pekko..",
              "scala..",
              "java.net..",
              "java.sql..",
              "java.nio.file..",
              "org.slf4j..",
              "kamon..")
          .or(
              resideInAnyPackage("com.fasterxml.jackson..")
                  .and(not(describe("the JSON tree", PurityTest::isTree))))
          .or(
              named(
                  "java.time.Clock",
                  "java.time.InstantSource",
                  "java.security.SecureRandom",
                  "java.util.concurrent.ThreadLocalRandom"))
          .as("the world outside");

  private static final DescribedPredicate<JavaCall<?>> UNREPEATABLE =
      describe("gives something else each time", PurityTest::isUnrepeatable);

  @Test
  void whatDecidesDoesNotSeeTheWorldOutside() {
    new Proof(root -> noClasses().that(decide(root)).should().dependOnClassesThat(OUTSIDE))
        .catches(
            "purity",
            "Impure$TalksToActors",
            "Impure$Dials",
            "Impure$OwnsAClock",
            "Impure$BindsJson",
            "AnnotatedState")
        .spares("purity", "Impure$ReadsTheTree")
        .holds();
  }

  @Test
  void whatDecidesReadsNeitherClockNorChance() {
    new Proof(root -> noClasses().that(decide(root)).should().callCodeUnitWhere(UNREPEATABLE))
        .catches(
            "purity",
            "Impure$ReadsTheTime",
            "Impure$CountsNanos",
            "Impure$RollsDice",
            "Impure$InventsIds")
        .spares("purity", "Impure$SeededDice")
        .holds();
  }

  private static DescribedPredicate<JavaClass> decide(String root) {
    return describe(
        "decide",
        type -> {
          JavaClass outermost = outermost(type);
          String name = outermost.getSimpleName();
          boolean inRun = outermost.getPackageName().equals(root + ".runtime.run");
          boolean judges = outermost.getPackageName().equals(root + ".runtime.judge");
          return (inRun && !SHELLS.contains(name)) || judges || name.endsWith("State");
        });
  }

  private static boolean isTree(JavaClass type) {
    return type.getName().equals("com.fasterxml.jackson.databind.JsonNode")
        || type.getPackageName().equals("com.fasterxml.jackson.databind.node");
  }

  private static boolean isUnrepeatable(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getTarget().getName();
    boolean bare = call.getTarget().getRawParameterTypes().isEmpty();
    return switch (method) {
      case "now" -> owner.startsWith("java.time.");
      case "currentTimeMillis", "nanoTime", "getenv", "getProperty" ->
          owner.equals("java.lang.System");
      case "random" -> owner.equals("java.lang.Math");
      case "randomUUID" -> owner.equals("java.util.UUID");
      case "<init>" -> bare && owner.equals("java.util.Random");
      default -> false;
    };
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> all = Set.of(names);
    return describe("one of " + all, type -> all.contains(type.getName()));
  }

  static JavaClass outermost(JavaClass type) {
    JavaClass at = type;
    while (at.getEnclosingClass().isPresent()) {
      at = at.getEnclosingClass().get();
    }
    return at;
  }
}
