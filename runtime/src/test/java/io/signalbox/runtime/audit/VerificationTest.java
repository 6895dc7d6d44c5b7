package io.signalbox.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.GateFact;
import io.signalbox.protocol.audit.GateTurn;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.runtime.audit.Verification.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each way to change stored rows is found, whatever entity and place. */
class VerificationTest {
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Head> heads = new HashMap<>();

  VerificationTest() {
    for (int gate = 0; gate < 3; gate++) {
      String id = "gate|acme|" + gate;
      String previous = "";
      for (int seq = 1; seq <= 4; seq++) {
        GateFact fact =
            GateFact.Noted.of(
                id + seq, AuditNote.done("acme", "user:ada", "a.b", "t" + seq), 1, Optional.empty());
        JournalRow<GateTurn> row =
            JournalRow.of(new GateTurn(Instant.EPOCH, previous, List.of(fact)));
        previous = row.digest();
        rows.add(new Row(id, seq, 7001, "gate-turn", false, true, row.bytes()));
      }
      heads.put(id, new Head(gate, id, 4, previous));
    }
  }

  private boolean isValid(List<Row> stored) {
    Verification check = new Verification(heads, (_, _) -> {});
    stored.forEach(check::row);
    check.end();
    return check.isValid();
  }

  private List<Row> without(int from, int to) {
    List<Row> left = new ArrayList<>(rows);
    left.subList(from, to).clear();
    return left;
  }

  private static Row with(Row row, byte[] payload, String manifest, boolean deleted) {
    return new Row(row.id(), row.seq(), row.serializer(), manifest, deleted, true, payload);
  }

  @Test
  void whatWasWrittenIsValid() {
    assertThat(isValid(rows)).isTrue();
  }

  @Test
  void everyDeletionAndEveryCutTailIsFound() {
    for (int at = 0; at < rows.size(); at++) {
      assertThat(isValid(without(at, at + 1))).as("without row " + at).isFalse();
      assertThat(isValid(without(at, at / 4 * 4 + 4))).as("cut from row " + at).isFalse();
    }
  }

  @Test
  void everySwapIsFound() {
    for (int one = 0; one < rows.size(); one++) {
      for (int other = one + 1; other < rows.size(); other++) {
        List<Row> swapped = new ArrayList<>(rows);
        swapped.set(one, with(rows.get(one), rows.get(other).payload(), "gate-turn", false));
        swapped.set(other, with(rows.get(other), rows.get(one).payload(), "gate-turn", false));
        assertThat(isValid(swapped)).as(one + " with " + other).isFalse();
      }
    }
  }

  @Test
  void everyChangedByteIsFound() {
    for (int at = 0; at < rows.size(); at++) {
      Row row = rows.get(at);
      for (int place = 0; place < row.payload().length; place++) {
        byte[] payload = row.payload().clone();
        payload[place] ^= 4;
        List<Row> changed = new ArrayList<>(rows);
        changed.set(at, with(row, payload, "gate-turn", false));
        assertThat(isValid(changed)).as("row " + at + " byte " + place).isFalse();
      }
    }
  }

  @Test
  void aRowThatIsMarkedAsDeletedOrAsSomethingElseIsFound() {
    List<Row> changed = new ArrayList<>(rows);
    changed.set(5, with(rows.get(5), rows.get(5).payload(), "gate-turn", true));
    assertThat(isValid(changed)).isFalse();
    changed.set(5, with(rows.get(5), rows.get(5).payload(), "turn", false));
    assertThat(isValid(changed)).isFalse();
  }
}
