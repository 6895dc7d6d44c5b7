package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One run's own rows of the journal, read directly: no view can be behind them. */
final class RunJournal {
  private static final int PAGE = 200;
  private static final String TURNS =
      """
      select event_payload from event_journal
      where persistence_id = ? and sequence_number >= ? and not deleted
      order by sequence_number limit ?
      """;
  private static final String EXCHANGE =
      """
      select event_payload from event_journal
      where persistence_id = ? and not deleted and position(? in event_payload) > 0
      order by sequence_number limit ?
      """;
  private static final String LAST =
      "select coalesce(max(sequence_number), 0) from event_journal where persistence_id = ?";

  private final Connection connection;
  private final String persistenceId;

  RunJournal(Connection connection, RunId run) {
    this.connection = connection;
    this.persistenceId = "run|" + run.text();
  }

  /** History numbers above {@code after}; the events asked for and whether the run ends there. */
  record Slice(List<HistoryEvent> events, boolean ended) {}

  /** The sequence number of the last row; 0 where the run is unknown. */
  long last() throws SQLException {
    return Rows.all(connection, LAST, it -> it.setString(1, persistenceId), row -> row.getLong(1))
        .getFirst();
  }

  List<Turn> turns(long fromRow, int limit) throws SQLException {
    return Rows.all(
        connection,
        TURNS,
        statement -> {
          statement.setString(1, persistenceId);
          statement.setLong(2, fromRow);
          statement.setInt(3, limit);
        },
        row -> JournalRow.read(row.getBytes(1), Turn.class).turn());
  }

  /** The turns of an agent's session that are about the message with this key. */
  static List<SessionTurn> exchange(Connection connection, SessionId session, String key, int limit)
      throws SQLException {
    String mark = "\"key\":" + Rows.text(key);
    return Rows.all(
        connection,
        EXCHANGE,
        statement -> {
          statement.setString(1, "session|" + session.text());
          statement.setBytes(2, mark.getBytes(StandardCharsets.UTF_8));
          statement.setInt(3, limit);
        },
        row -> JournalRow.read(row.getBytes(1), SessionTurn.class).turn());
  }

  Slice slice(long lastRow, long after, int limit) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    long row = rowOf(lastRow, after + 1);
    boolean ended = false;
    while (events.size() < limit) {
      List<Turn> turns = turns(row, PAGE);
      for (Turn turn : turns) {
        HistoryEvents.of(turn).stream().filter(it -> it.seq() > after).forEach(events::add);
        ended = turn.status().ended();
      }
      row += turns.size();
      if (turns.size() < PAGE) {
        break;
      }
    }
    boolean cut = events.size() > limit;
    return new Slice(cut ? events.subList(0, limit) : events, ended && !cut && row > lastRow);
  }

  /** The row that holds this history number, if any does; the last row else. */
  private long rowOf(long lastRow, long seq) throws SQLException {
    if (seq == 1) {
      return 1;
    }
    if (beginsBy(lastRow, seq)) { // whoever follows a run asks from its end
      return lastRow;
    }
    long low = 1;
    long high = Math.max(1, lastRow - 1);
    while (low < high) { // numbers only grow along the rows
      long middle = low + (high - low + 1) / 2;
      if (beginsBy(middle, seq)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private boolean beginsBy(long row, long seq) throws SQLException {
    List<Turn> found = turns(row, 1);
    return !found.isEmpty() && found.getFirst().firstSeq() <= seq;
  }
}
