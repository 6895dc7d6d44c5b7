package io.signalbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may see whom: the arrows of docs/architecture.md and no others. */
final class RoomsTest {
  private static final List<String> ROOMS =
      List.of("protocol", "runtime", "agents", "http", "boot", "cli", "sandbox");

  @Test
  void protocolSeesNoOtherRoom() {
    sees("protocol", List.of(), "protocol.Leaky");
  }

  @Test
  void runtimeSeesOnlyProtocol() {
    sees("runtime", List.of("protocol"), "runtime.Peeping");
  }

  @Test
  void agentsSeeOnlyProtocol() {
    sees("agents", List.of("protocol"), "agents.Peeping");
  }

  @Test
  void httpSeesOnlyProtocol() {
    sees("http", List.of("protocol"), "http.Peeping");
  }

  @Test
  void bootSeesTheRoomsButNeitherCommandLineNorSandbox() {
    sees("boot", List.of("protocol", "runtime", "agents", "http"), "boot.Peeping");
  }

  @Test
  void theCommandLineSeesNoRoom() {
    sees("cli", List.of(), "cli.Peeping");
  }

  @Test
  void theSandboxSeesNoRoom() {
    sees("sandbox", List.of(), "sandbox.Peeping");
  }

  @Test
  void everyClassLivesInARoom() {
    new Proof(
            root ->
                classes()
                    .that()
                    .resideInAPackage(root + "..")
                    .should()
                    .resideInAnyPackage(packages(root, ROOMS)))
        .catches("rooms", "stray.Homeless")
        .holds();
  }

  @Test
  void onlyTheHttpRoomSeesPekkoHttp() {
    new Proof(
            root ->
                noClasses()
                    .that(not(resideInAnyPackage(root + ".http..")))
                    .should()
                    .dependOnClassesThat(
                        resideInAnyPackage("org.apache.pekko.http..")
                            // what boot is handed to close the door with
                            .and(not(name("org.apache.pekko.http.javadsl.ServerBinding")))))
        .catches("pekkohttp", "runtime.Serving")
        .holds();
  }

  @Test
  void packagesFormNoCycles() {
    new Proof(
            root ->
                slices()
                    .matching(root + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    // a program's first class puts together what builds on its neighbours
                    .ignoreDependency(name(root + ".sandbox.Sandbox"), alwaysTrue())
                    .ignoreDependency(name(root + ".cli.Signalbox"), alwaysTrue()))
        .catches("cycles", "There", "Here")
        .holds();
  }

  private static void sees(String room, List<String> others, String offender) {
    new Proof(root -> sight(root, room, others)).catches("rooms", offender).holds();
  }

  private static ArchRule sight(String root, String room, List<String> others) {
    List<String> visible = Stream.concat(Stream.of(room), others.stream()).toList();
    return noClasses()
        .that()
        .resideInAPackage(root + "." + room + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(root + "..").and(not(resideInAnyPackage(packages(root, visible)))))
        .as(room + " sees " + (others.isEmpty() ? "no room" : "only " + others));
  }

  private static String[] packages(String root, List<String> rooms) {
    return rooms.stream().map(room -> root + "." + room + "..").toArray(String[]::new);
  }
}
