package io.signalbox.runtime.storage;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A run's journal, read from any row on, a page at a time. */
public record RunTurns(Database database) {
  private static final int PAGE = 200;
  private static final String ROWS =
      """
      select event_payload from event_journal
      where persistence_id = ? and sequence_number >= ? and not deleted
      order by sequence_number limit ?
      """;

  /**
   * Hands over the turns in order until there are no more, or the reader has had enough.
   *
   * @param fromRow the first row wanted, from 1
   * @param reader says whether it wants more
   * @return the number of the last row handed over; one less than {@code fromRow} if there was none
   */
  public CompletionStage<Long> read(RunId run, long fromRow, Predicate<Turn> reader) {
    return database.call(connection -> pages(connection, run, fromRow, reader));
  }

  private static long pages(Connection connection, RunId run, long fromRow, Predicate<Turn> reader)
      throws SQLException {
    long row = fromRow;
    while (true) {
      long begun = row;
      try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
        statement.setString(1, "run|" + run.text());
        statement.setLong(2, row);
        statement.setInt(3, PAGE);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            row++;
            if (!reader.test(JournalRow.read(rows.getBytes(1), Turn.class).turn())) {
              return row - 1;
            }
          }
        }
      }
      if (row - begun < PAGE) {
        return row - 1;
      }
    }
  }
}
