package io.signalbox.protocol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Stored;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.audit.GateFact;
import io.signalbox.protocol.audit.GateTurn;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every version of the stored facts of runs and sessions is still read, and written as it was. */
class GoldenTurnsTest {
  private static final Path FOLDER = Path.of("src/test/resources/journal");

  private static List<Path> files(String journalName) throws IOException {
    try (var files = Files.list(FOLDER.resolve(journalName))) {
      return files.sorted().toList();
    }
  }

  @TestFactory
  List<DynamicTest> everyTurnOfARunIsReadAndWrittenIdentically() throws IOException {
    return files("turn").stream().map(file -> same(file, Turn.class)).toList();
  }

  @TestFactory
  List<DynamicTest> everyTurnOfASessionIsReadAndWrittenIdentically() throws IOException {
    return files("session-turn").stream().map(file -> same(file, SessionTurn.class)).toList();
  }

  @TestFactory
  List<DynamicTest> everyTurnOfAGateIsReadAndWrittenIdentically() throws IOException {
    return files("gate-turn").stream().map(file -> same(file, GateTurn.class)).toList();
  }

  private static <T extends Stored> DynamicTest same(Path file, Class<T> type) {
    return DynamicTest.dynamicTest(
        String.valueOf(file.getFileName()),
        () -> {
          String golden = Files.readString(file).strip();
          T turn = JournalRow.read(golden.getBytes(StandardCharsets.UTF_8), type).turn();
          assertThat(JournalRow.of(turn).bytes()).asString().isEqualTo(golden);
          String name = Json.MAPPER.readTree(golden).at("/facts/0/fact").asText();
          assertThat(String.valueOf(file.getFileName())).startsWith(name + "-");
        });
  }

  @Test
  void everyFactOfARunHasAGoldenFile() throws IOException {
    everyFactHasAGoldenFile(Fact.class, "turn");
  }

  @Test
  void everyFactOfASessionHasAGoldenFile() throws IOException {
    everyFactHasAGoldenFile(SessionFact.class, "session-turn");
  }

  @Test
  void everyFactOfAGateHasAGoldenFile() throws IOException {
    everyFactHasAGoldenFile(GateFact.class, "gate-turn");
  }

  private static void everyFactHasAGoldenFile(Class<?> facts, String journalName)
      throws IOException {
    Set<String> golden =
        files(journalName).stream()
            .map(file -> String.valueOf(file.getFileName()).replaceAll("-.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    var declared = facts.getAnnotation(JsonSubTypes.class);
    Set<String> names = new TreeSet<>();
    Arrays.stream(declared.value()).forEach(type -> names.add(type.name()));
    assertThat(golden).isEqualTo(names);
    assertThat(declared.value()).hasSameSizeAs(facts.getPermittedSubclasses());
  }
}
