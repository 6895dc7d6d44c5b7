package io.signalbox.runtime.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The heads of all entities as of the newest checkpoint. */
final class HeadTable {
  private final Connection connection;

  HeadTable(Connection connection) {
    this.connection = connection;
  }

  /** A head and, of a run, who started it. */
  record Known(Head head, String startedBy) {}

  Map<String, Known> load(Collection<String> ids) throws SQLException {
    Map<String, Known> found = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select ordinal, persistence_id, seq_nr, digest, started_by from audit_head"
                + " where persistence_id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Head head = new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4));
          found.put(head.id(), new Known(head, row.getString(5)));
        }
      }
    }
    return found;
  }

  void store(Collection<Known> heads) throws SQLException {
    Columns rows = new Columns(5);
    for (Known known : heads) {
      Head head = known.head();
      rows.add(
          Long.toString(head.ordinal()),
          head.id(),
          Long.toString(head.seq()),
          head.digest(),
          known.startedBy());
    }
    rows.execute(
        connection,
        """
        insert into audit_head (ordinal, persistence_id, seq_nr, digest, started_by)
        select cast(ordinal as bigint), id, cast(seq_nr as bigint), digest, started_by
        from %s as row (ordinal, id, seq_nr, digest, started_by)
        on conflict (ordinal) do update set seq_nr = excluded.seq_nr, digest = excluded.digest
        """);
  }
}
