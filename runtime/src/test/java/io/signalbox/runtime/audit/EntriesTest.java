package io.signalbox.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntriesTest {
  private static final String RUN = "run|acme|r1";

  static List<Path> turns() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../protocol/src/test/resources/journal/turn"))) {
      return files.sorted().toList();
    }
  }

  private static Turn turn(Path file) throws IOException {
    return Json.MAPPER.readValue(file.toFile(), Turn.class);
  }

  @ParameterizedTest
  @MethodSource("turns")
  void whoeverIsNamedInAFactIsTold(Path file) throws IOException {
    Turn turn = turn(file);
    List<Entry> entries = Entries.ofRun(RUN, 1, turn, "user:ada");
    for (int place = 0; place < turn.facts().size(); place++) {
      JsonNode fact = Json.tree(turn.facts().get(place));
      int at = place;
      boolean named = fact.path("by").isTextual() || fact.path("rule").isTextual();
      if (named && turn.copiedFrom().isEmpty()) {
        assertThat(entries).as(fact.toString()).anyMatch(entry -> entry.place() == at);
      }
    }
    assertThat(entries).allMatch(entry -> entry.run().equals("r1"));
  }

  @Test
  void factsThatAreNeverToldNameNobody() {
    for (Class<? extends Fact> quiet : Entries.QUIET) {
      assertThat(Arrays.stream(quiet.getRecordComponents()).map(RecordComponent::getName))
          .as(quiet.getSimpleName())
          .doesNotContain("by", "rule", "session", "vote", "startedBy");
    }
  }

  @Test
  void aCallIsToldByItsBeingSentAndAgainIfItFails() throws IOException {
    Path folder = Path.of("../protocol/src/test/resources/journal/turn");
    Entry sent =
        Entries.ofRun(RUN, 2, turn(folder.resolve("callDispatched-1.json")), "user:ada").getFirst();
    assertThat(sent.actor()).isEqualTo("user:ada");
    assertThat(sent.action()).endsWith(".call");
    assertThat(sent.result()).isEqualTo("done");
  }
}
