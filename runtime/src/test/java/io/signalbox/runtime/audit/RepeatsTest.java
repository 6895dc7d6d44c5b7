package io.signalbox.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.audit.AuditNote;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static final Instant T = Instant.parse("2026-01-31T12:00:00Z");
  private final Repeats repeats = new Repeats(Duration.ofSeconds(60), 3);

  private static AuditNote refused(String actor) {
    return AuditNote.refused("acme", actor, "tool.call", "tool:x", "no");
  }

  @Test
  void theFirstOfAKindIsWrittenAndTheOthersAreCounted() {
    assertThat(repeats.isNew(refused("a"), T)).isTrue();
    assertThat(repeats.isNew(refused("a"), T.plusSeconds(1))).isFalse();
    assertThat(repeats.isNew(refused("a"), T.plusSeconds(2))).isFalse();
    assertThat(repeats.due(T.plusSeconds(59), false)).isEmpty();
    assertThat(repeats.due(T.plusSeconds(60), false))
        .containsExactly(new Repeats.Counted(refused("a"), 2, T.plusSeconds(1)));
    assertThat(repeats.isEmpty()).isTrue();
    assertThat(repeats.isNew(refused("a"), T.plusSeconds(61))).isTrue();
  }

  @Test
  void whatWasDoneIsAlwaysWritten() {
    AuditNote done = AuditNote.done("acme", "a", "key.create", "k");
    assertThat(repeats.isNew(done, T)).isTrue();
    assertThat(repeats.isNew(done, T)).isTrue();
  }

  @Test
  void tooManyKindsAreCountedTogether() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(repeats.isNew(refused("a" + i), T)).isEqualTo(i < 3);
    }
    assertThat(repeats.due(T, true))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.count()).isEqualTo(997);
              assertThat(it.note().actor()).isEqualTo("many");
            });
    assertThat(repeats.isNew(refused("later"), T.plusSeconds(60))).isTrue();
  }
}
