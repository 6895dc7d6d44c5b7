package io.signalbox.journey;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One random change of the stored journal, behind everybody's back. */
final class Tampering {
  private final Connection connection;
  private final Random random;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String id, long seq, long ordering, int size) {}

  Tampering(Connection connection, long ordering, Random random) throws SQLException {
    this.connection = connection;
    this.random = random;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select persistence_id, sequence_number, ordering, length(event_payload)"
                + " from event_journal where ordering <= ? order by ordering")) {
      statement.setLong(1, ordering);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4)));
        }
      }
    }
  }

  int rows() {
    return rows.size();
  }

  /** Makes it and tells what it was. */
  String change() throws SQLException {
    Row row = rows.get(random.nextInt(rows.size()));
    return switch (random.nextInt(4)) {
      case 0 -> edit(row);
      case 1 -> {
        execute("delete from event_journal where ordering = " + row.ordering());
        yield "delete " + row;
      }
      case 2 -> swap(row);
      default -> {
        execute(
            "delete from event_journal where persistence_id = '%s' and sequence_number >= %d"
                .formatted(row.id(), row.seq()));
        yield "cut from " + row;
      }
    };
  }

  private String edit(Row row) throws SQLException {
    int at = random.nextInt(row.size());
    int bit = 1 << random.nextInt(8);
    execute(
        ("update event_journal set event_payload = set_byte(event_payload, %1$d,"
                + " get_byte(event_payload, %1$d) # %2$d) where ordering = %3$d")
            .formatted(at, bit, row.ordering()));
    return "edit byte " + at + " of " + row;
  }

  /** Two rows change places: of one entity, or of two. */
  private String swap(Row row) throws SQLException {
    Row other = row;
    while (other.equals(row)) {
      other = rows.get(random.nextInt(rows.size()));
    }
    execute(
        ("update event_journal a set event_payload = b.event_payload,"
                + " event_ser_manifest = b.event_ser_manifest from event_journal b"
                + " where (a.ordering, b.ordering) in ((%1$d, %2$d), (%2$d, %1$d))")
            .formatted(row.ordering(), other.ordering()));
    return "swap " + row + " with " + other;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.executeUpdate(sql) < 1) {
        throw new AssertionError("changed nothing: " + sql);
      }
    }
  }
}
