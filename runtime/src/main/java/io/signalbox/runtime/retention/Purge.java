package io.signalbox.runtime.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Deletes what is left of deleted runs, a bounded number of rows in one transaction: all of a
 * journal but the row that says that the run was deleted, and its snapshots.
 */
final class Purge {
  // the tombstone is put up by the views' reader, so the reader is past all these rows
  private static final String TURNS =
      """
      with dead as (
          select persistence_id, turns from tombstone where not purged
          order by deleted_at limit 100 for update skip locked),
        rows as (
          select j.persistence_id, j.sequence_number from dead
          join event_journal j on j.persistence_id = dead.persistence_id
            and j.sequence_number <= dead.turns
          order by j.persistence_id, j.sequence_number limit ?)
      delete from event_journal j using rows
      where (j.persistence_id, j.sequence_number) = (rows.persistence_id, rows.sequence_number)
      """;
  private static final String SNAPSHOTS =
      """
      with dead as (
          select persistence_id, turns from tombstone t where not purged
            and not exists (select 1 from event_journal j
              where j.persistence_id = t.persistence_id and j.sequence_number <= t.turns)
          order by deleted_at limit 100 for update skip locked),
        gone as (delete from snapshot s using dead
          where s.persistence_id = dead.persistence_id and s.sequence_number <= dead.turns)
      update tombstone t set purged = true from dead
      where t.persistence_id = dead.persistence_id
      """;

  private Purge() {}

  /** Deletes up to so many rows; answers how many were there. */
  static int some(Connection connection, int most) throws SQLException {
    int rows;
    try (PreparedStatement statement = connection.prepareStatement(TURNS)) {
      statement.setInt(1, most);
      rows = statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(SNAPSHOTS)) {
      statement.executeUpdate();
    }
    return rows;
  }
}
