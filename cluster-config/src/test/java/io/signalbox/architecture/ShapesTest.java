package io.signalbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import io.signalbox.protocol.Stored;
import io.signalbox.protocol.journal.JournalSerializer;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How classes look and what they are called. */
final class ShapesTest {
  private static final Set<String> INJECTIONS = Set.of("Inject", "Autowired", "Resource", "Value");
  private static final Pattern EMPTY_NAME =
      Pattern.compile("(.*(Impl|Utils?|Manager|Helper|Factory))|((Abstract|Default)\\p{Lu}.*)");

  @Test
  void whatIsStoredIsARecordOrAnEnum() {
    Proof.of(
            classes()
                .that()
                .areAssignableTo(Stored.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .orShould()
                .beEnums())
        .catches("stored", "Mutable")
        .spares("stored", "Fine")
        .holds();
  }

  @Test
  void whatIsStoredHasALogicalName() {
    Proof.of(
            classes()
                .that()
                .areAssignableTo(Stored.class)
                .and()
                .areNotInterfaces()
                .should(be(describe("known to the serializer", ShapesTest::hasLogicalName))))
        .catches("stored", "Fine")
        .holds();
  }

  @Test
  void onlyEntitiesAreEventSourced() {
    Proof.of(
            classes()
                .that()
                .areAssignableTo(EventSourcedBehavior.class)
                .should()
                .haveSimpleNameEndingWith("Entity"))
        .catches("entity", "Careless")
        .spares("entity", "ModelEntity")
        .holds();
  }

  @Test
  void noBaseClassOfOursStandsAboveAnEntity() {
    Proof.of(
            classes()
                .that()
                .areAssignableTo(EventSourcedBehavior.class)
                .should(be(describe("directly below Pekko's", ShapesTest::directlyBelowPekko))))
        .catches("entity", "SecondEntity")
        .spares("entity", "ModelEntity")
        .holds();
  }

  @Test
  void nothingIsInjectedIntoFields() {
    Proof.of(fields().should().notBeAnnotatedWith(injection()))
        .catches("injection", "Injected")
        .holds();
  }

  @Test
  void everyPackageIsNullMarked() {
    Proof.of(
            classes().should(be(describe("in a @NullMarked package", ShapesTest::inMarkedPackage))))
        .catches("unmarked", "Unmarked")
        .holdsFor(Compiled.everything());
  }

  @Test
  void namesSayWhatAClassIs() {
    Proof.of(
            noClasses()
                .should(
                    be(
                        describe(
                            "named after nothing",
                            type -> EMPTY_NAME.matcher(type.getSimpleName()).matches()))))
        .catches("names", "StoreImpl", "RunUtils", "RunManager", "RunHelper")
        .catches("names", "RunFactory", "DefaultRun", "AbstractRun")
        .spares("names", "Names$Defaults")
        .holdsFor(Compiled.everything());
  }

  @Test
  void nothingOfOursIsMocked() {
    Proof.of(
            noClasses()
                .should()
                .dependOnClassesThat(nameMatching(".*\\.(mockito|easymock|powermock)\\..*")))
        .catches("mocks", "Mocking")
        .holdsFor(Compiled.everything());
  }

  private static boolean hasLogicalName(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .anyMatch(seen -> seen.getOriginClass().isEquivalentTo(JournalSerializer.class));
  }

  private static boolean directlyBelowPekko(JavaClass type) {
    return type.getRawSuperclass()
        .map(above -> above.getPackageName().startsWith("org.apache.pekko."))
        .orElse(false);
  }

  private static boolean inMarkedPackage(JavaClass type) {
    return type.getPackage()
        .tryGetPackageInfo()
        .map(info -> info.isAnnotatedWith(NullMarked.class))
        .orElse(false);
  }

  private static DescribedPredicate<JavaAnnotation<?>> injection() {
    return describe("an injection", note -> INJECTIONS.contains(note.getRawType().getSimpleName()));
  }
}
