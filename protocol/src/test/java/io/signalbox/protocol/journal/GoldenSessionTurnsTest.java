package io.signalbox.protocol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
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

/** Every version of a session's stored facts is still read, and written as it was. */
class GoldenSessionTurnsTest {
  private static final Path FOLDER = Path.of("src/test/resources/journal/session-turn");

  private static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @TestFactory
  List<DynamicTest> everyGoldenFileIsReadAndWrittenIdentically() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> same(file)))
        .toList();
  }

  private static void same(Path file) throws IOException {
    byte[] golden = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    SessionTurn turn = JournalRow.read(golden, SessionTurn.class).turn();
    assertThat(JournalRow.of(turn).bytes()).asString().isEqualTo(Files.readString(file).strip());
    String name = Json.MAPPER.readTree(golden).at("/facts/0/fact").asText();
    assertThat(String.valueOf(file.getFileName())).startsWith(name + "-");
  }

  @Test
  void everyFactHasAGoldenFile() throws IOException {
    Set<String> golden =
        files().stream()
            .map(file -> String.valueOf(file.getFileName()).replaceAll("-.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    var declared = SessionFact.class.getAnnotation(JsonSubTypes.class);
    Set<String> names = new TreeSet<>();
    Arrays.stream(declared.value()).forEach(type -> names.add(type.name()));
    assertThat(golden).isEqualTo(names);
    assertThat(declared.value()).hasSameSizeAs(SessionFact.class.getPermittedSubclasses());
  }
}
