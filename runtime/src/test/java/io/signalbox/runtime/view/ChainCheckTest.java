package io.signalbox.runtime.view;

import static io.signalbox.runtime.view.Turns.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.view.ChainCheck.Result;
import io.signalbox.runtime.view.ChainCheck.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
  private final List<Row> rows = new ArrayList<>();
  private String head = "";

  ChainCheckTest() {
    for (int i = 1; i <= 4; i++) {
      Fact fact = i == 1 ? started() : new Fact.RunResumed("user:ada");
      Turn turn =
          new Turn(i, Turns.BEGIN, head, List.of(fact), RunStatus.RUNNING, Optional.empty());
      JournalRow<Turn> row = JournalRow.of(turn);
      rows.add(new Row(i, row.bytes()));
      head = row.digest();
    }
  }

  @Test
  void anUntouchedChainIsIntactAndTellsItsHead() {
    assertThat(ChainCheck.check(rows, Optional.of(head))).isEqualTo(new Result.Intact(4, head));
    assertThat(ChainCheck.check(List.of(), Optional.empty())).isEqualTo(new Result.Intact(0, ""));
  }

  @Test
  void anyChangedByteIsFound() {
    for (int row = 0; row < rows.size(); row++) {
      byte[] bytes = rows.get(row).bytes();
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] ^= 1;
        assertThat(ChainCheck.check(rows, Optional.of(head)))
            .as("row %d, byte %d", row + 1, at)
            .isInstanceOf(Result.Broken.class);
        bytes[at] ^= 1;
      }
    }
  }

  /** The row that says that the run was deleted, after the four. */
  private Row deletion(String previous) {
    Fact fact = new Fact.RunDeleted("user:ada", Optional.of("old"), RunStatus.COMPLETED);
    Turn turn =
        new Turn(5, Turns.BEGIN, previous, List.of(fact), RunStatus.COMPLETED, Optional.empty());
    return new Row(5, JournalRow.of(turn).bytes());
  }

  @Test
  void ofADeletedRunTheLastRowExplainsWhatIsMissing() {
    Result told =
        new Result.Deleted(4, head, "user:ada", Turns.BEGIN.toString(), Optional.of("old"));
    Row last = deletion(head);
    assertThat(ChainCheck.check(List.of(last), Optional.empty())).isEqualTo(told);
    List<Row> partly = List.of(rows.get(2), rows.get(3), last);
    assertThat(ChainCheck.check(partly, Optional.of(ChainCheck.digest(last.bytes()))))
        .isEqualTo(told);
    assertThat(ChainCheck.check(List.of(rows.get(2), last), Optional.empty()))
        .isInstanceOf(Result.Broken.class);
    assertThat(ChainCheck.check(List.of(rows.get(3), deletion("forged")), Optional.empty()))
        .isInstanceOf(Result.Broken.class);
    assertThat(ChainCheck.check(List.of(last), Optional.of("another head")))
        .isInstanceOf(Result.Broken.class);
    assertThat(ChainCheck.check(rows.subList(2, 4), Optional.empty()))
        .isInstanceOf(Result.Broken.class);
  }

  @Test
  void aChangeIsFoundAtTheNextRowAtTheLatest() {
    byte[] second = rows.get(1).bytes();
    second[second.length - 20] ^= 1;
    assertThat(ChainCheck.check(rows, Optional.empty()))
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.sequenceNumber()).isBetween(2L, 3L));
  }

  @Test
  void missingAndSwappedRowsAreFound() {
    List<Row> gap = List.of(rows.get(0), rows.get(2), rows.get(3));
    assertThat(ChainCheck.check(gap, Optional.empty())).isInstanceOf(Result.Broken.class);
    List<Row> renumbered = List.of(rows.get(0), new Row(2, rows.get(2).bytes()));
    assertThat(ChainCheck.check(renumbered, Optional.empty())).isInstanceOf(Result.Broken.class);
    List<Row> shortened = rows.subList(0, 3);
    assertThat(ChainCheck.check(shortened, Optional.of(head))).isInstanceOf(Result.Broken.class);
  }
}
