package io.signalbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.junit.jupiter.api.Test;

/** What code may not do: print, sleep, and hold up an actor. */
final class ConductTest {
  private static final Set<String> WAITS = Set.of("get", "join", "await", "acquire");

  private static final Proof AWAKE =
      Proof.of(
          noClasses()
              .that()
              // a benchmark keeps a pace
              .resideOutsideOfPackage("io.signalbox.bench..")
              .should()
              .callMethodWhere(describe("sleeps", ConductTest::sleeps)));

  @Test
  void onlyTheProgramsForATerminalPrint() {
    new Proof(
            root ->
                noClasses()
                    .that(
                        not(
                            resideInAnyPackage(root + ".cli..", root + ".sandbox..")
                                .or(isReadyLine(root))))
                    .should(ACCESS_STANDARD_STREAMS))
        .catches("printing", "Chatty", "Complaining")
        .holds();
  }

  @Test
  void nothingSleeps() {
    AWAKE.catches("sleeping", "Dozing", "Napping", "Parking").holdsFor(Compiled.everything());
  }

  @Test
  void nothingAwaitsAScalaFuture() {
    Proof.of(
            noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("scala.concurrent.Await"))
        .catches("awaiting", "Awaiting")
        .holdsFor(Compiled.everything());
  }

  @Test
  void actorsDoNotWaitForFutures() {
    Proof.of(
            noClasses()
                .that(describe("are actors", ConductTest::isActor))
                .should()
                .callMethodWhere(describe("waits", ConductTest::waits)))
        .catches("awaiting", "JoiningActor")
        .spares("awaiting", "PatientActor")
        .holds();
  }

  private static boolean sleeps(JavaCall<?> call) {
    return switch (call.getTargetOwner().getName()) {
      case "java.lang.Thread", "java.util.concurrent.TimeUnit" -> call.getName().equals("sleep");
      // the command line may wait between two looks at a server
      case "java.util.concurrent.locks.LockSupport" ->
          call.getName().startsWith("park")
              && !call.getOriginOwner().getPackageName().equals("io.signalbox.cli");
      default -> false;
    };
  }

  /** What is a behaviour, or is handed an actor's context. */
  private static boolean isActor(JavaClass type) {
    JavaClass outermost = PurityTest.outermost(type);
    return outermost.isAssignableTo(Behavior.class)
        || outermost.getDirectDependenciesFromSelf().stream()
            .anyMatch(seen -> seen.getTargetClass().isEquivalentTo(ActorContext.class));
  }

  private static boolean waits(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    return WAITS.contains(call.getName())
        && (owner.isAssignableTo(Future.class)
            || owner.getName().equals("java.util.concurrent.CountDownLatch")
            || owner.getName().equals("java.util.concurrent.Semaphore"));
  }

  private static DescribedPredicate<JavaClass> isReadyLine(String root) {
    return describe("the ready line", type -> type.getName().equals(root + ".boot.Main"));
  }
}
