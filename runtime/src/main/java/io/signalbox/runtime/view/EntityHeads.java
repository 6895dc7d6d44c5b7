package io.signalbox.runtime.view;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last row read of each entity; a row that does not follow it stops the views. */
final class EntityHeads {
  private final Connection connection;

  EntityHeads(Connection connection) {
    this.connection = connection;
  }

  /** Moves the heads on; answers the rows without those that were read before. */
  List<StoredRow> follow(List<StoredRow> rows) throws SQLException {
    Map<String, Long> heads = load(rows);
    Map<String, StoredRow> last = new HashMap<>();
    List<StoredRow> fresh = fresh(rows, heads);
    fresh.forEach(row -> last.put(row.persistenceId(), row));
    store(last);
    return fresh;
  }

  /** Pure: which rows follow the heads, moving these on. */
  static List<StoredRow> fresh(List<StoredRow> rows, Map<String, Long> heads) {
    List<StoredRow> fresh = new ArrayList<>();
    for (StoredRow row : rows) {
      long head = heads.getOrDefault(row.persistenceId(), 0L);
      if (head == 0 && row.sequenceNumber() > 1 && isDeletion(row)) {
        head = row.sequenceNumber() - 1; // what was before is gone on purpose
      }
      if (row.sequenceNumber() > head + 1) {
        throw new ViewFault(
            "journal rows are missing: %s goes from row %d to row %d (ordering %d, xid %s)"
                .formatted(
                    row.persistenceId(), head, row.sequenceNumber(), row.ordering(), row.xid()));
      }
      if (row.sequenceNumber() == head + 1) {
        heads.put(row.persistenceId(), row.sequenceNumber());
        fresh.add(row);
      }
    }
    return fresh;
  }

  private static boolean isDeletion(StoredRow row) {
    try {
      return row.manifest().equals("turn")
          && row.as(Turn.class).turn().facts().stream().anyMatch(Fact.RunDeleted.class::isInstance);
    } catch (ViewFault unreadable) {
      return false; // that rows are missing before it is the first thing to tell
    }
  }

  private Map<String, Long> load(List<StoredRow> rows) throws SQLException {
    String[] ids = rows.stream().map(StoredRow::persistenceId).distinct().toArray(String[]::new);
    Array array = connection.createArrayOf("text", ids);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select persistence_id, seq_nr from entity_head where persistence_id = any(?)")) {
      statement.setArray(1, array);
      Map<String, Long> heads = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          heads.put(row.getString(1), row.getLong(2));
        }
      }
      return heads;
    }
  }

  private void store(Map<String, StoredRow> last) throws SQLException {
    Columns heads = new Columns(3);
    for (StoredRow row : last.values()) {
      heads.add(
          row.persistenceId(),
          Long.toString(row.sequenceNumber()),
          ChainCheck.digest(row.payload()));
    }
    heads.execute(
        connection,
        """
        insert into entity_head (persistence_id, seq_nr, digest)
        select id, cast(seq_nr as bigint), digest from %s as row (id, seq_nr, digest)
        on conflict (persistence_id)
        do update set seq_nr = excluded.seq_nr, digest = excluded.digest
        """);
  }
}
