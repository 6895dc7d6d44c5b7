package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.boot.TestDatabase;
import io.signalbox.runtime.view.ChainCheck;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a run's journal in the database itself. */
final class Chain {
  private Chain() {}

  /** Each row of this run carries the hash of the row before it. */
  static void isWhole(TestDatabase database, String run) throws SQLException {
    try (Connection connection = open(database)) {
      assertThat(ChainCheck.check(rows(connection, run), Optional.empty()))
          .as("the journal of run " + run)
          .isInstanceOf(ChainCheck.Result.Intact.class);
    }
  }

  static Connection open(TestDatabase database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private static List<ChainCheck.Row> rows(Connection connection, String run) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select sequence_number, event_payload from event_journal"
                + " where persistence_id = ? order by sequence_number")) {
      statement.setString(1, "run|default|" + run);
      List<ChainCheck.Row> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(new ChainCheck.Row(found.getLong(1), found.getBytes(2)));
        }
      }
      assertThat(rows).as("rows of run " + run).isNotEmpty();
      return rows;
    }
  }
}
