package io.signalbox.runtime.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
  private static StoredRow row(String id, long seq) {
    return new StoredRow("7", seq, id, seq, "turn", new byte[0]);
  }

  @Test
  void rowsThatFollowAreFreshAndRowsReadBeforeAreNot() {
    Map<String, Long> heads = new HashMap<>(Map.of("run|t|a", 2L));
    List<StoredRow> rows =
        List.of(row("run|t|a", 2), row("run|t|b", 1), row("run|t|a", 3), row("run|t|a", 4));
    assertThat(EntityHeads.fresh(rows, heads)).containsExactlyElementsOf(rows.subList(1, 4));
    assertThat(heads).containsEntry("run|t|a", 4L).containsEntry("run|t|b", 1L);
  }

  @Test
  void aMissingRowStopsTheViews() {
    assertThatThrownBy(() -> EntityHeads.fresh(List.of(row("run|t|a", 2)), new HashMap<>()))
        .isInstanceOf(ViewFault.class)
        .hasMessageContaining("run|t|a goes from row 0 to row 2");
  }

  @Test
  void aCursorComesBackAsItWas() {
    Cursor cursor = new Cursor(Instant.parse("2026-01-01T00:00:00.123456Z"), "id with | and ü");
    assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
    assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "abc", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSBh", "IGE"})
  void whatIsNoCursorIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.parse(text))
        .isInstanceOfSatisfying(
            BadQuery.class, bad -> assertThat(bad.refusal()).isInstanceOf(Refusal.Invalid.class));
  }

  @Test
  void waitsDoubleUpToTheLongest() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(3, 0.5)).isEqualTo(Duration.ofMillis(880));
    assertThat(backoff.after(500, 0)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void settingsComeFromTheirReferenceAndCheckThemselves() {
    var config = ConfigFactory.load().getConfig("signalbox.runtime.views");
    ViewSettings settings = ViewSettings.from(config);
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.batch()).isEqualTo(2000);
    assertThat(settings.waker().againLongest()).isEqualTo(Duration.ofMinutes(5));
    var wrong = ConfigFactory.parseString("retry-longest = 1 ms").withFallback(config);
    assertThatThrownBy(() -> ViewSettings.from(wrong))
        .hasMessageContaining("signalbox.runtime.views.retry-longest")
        .hasMessageContaining("PT0.001S");
  }

  @Test
  void onlyWhatWantsToBeLookedAtAgainIsWoken() {
    Optional<Instant> due = Optional.of(Turns.BEGIN.plusSeconds(9));
    Turn waiting = new Turn(1, Turns.BEGIN, "", List.of(), RunStatus.WAITING, due);
    Turn ended = new Turn(1, Turns.BEGIN, "", List.of(), RunStatus.COMPLETED, Optional.empty());
    assertThat(WakeProjection.of("t|a", 3, waiting).due()).isEqualTo(due);
    assertThat(WakeProjection.of("t|a", 3, waiting).seenAt()).isEqualTo(3);
    assertThat(WakeProjection.of("t|a", 3, ended).due()).isEmpty();
    SessionTurn busy = new SessionTurn(Turns.BEGIN, "", List.of(), true);
    assertThat(WakeProjection.of("t|a|s", 1, busy).due())
        .contains(Turns.BEGIN.plus(WakeProjection.SESSION_PATIENCE));
    SessionTurn idle = new SessionTurn(Turns.BEGIN, "", List.of(), false);
    assertThat(WakeProjection.of("t|a|s", 1, idle).due()).isEmpty();
  }
}
