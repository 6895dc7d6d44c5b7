package io.signalbox.runtime.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The journal behind the offset. A row is read once every transaction that began no later has
 * ended: only then can nothing appear before it any more.
 */
final class JournalTable {
  private static final String PEEK =
      """
      select o.fault is not null as faulted,
        exists (select 1 from event_journal j
          where (j.xid, j.ordering) > (o.xid, o.ordering)
            and j.xid < pg_snapshot_xmin(pg_current_snapshot())) as pending,
        greatest(o.xid::text::numeric, coalesce(
            (select j.xid::text::numeric from event_journal j order by j.xid desc limit 1), 0))
          >= pg_snapshot_xmax(pg_current_snapshot())::text::numeric as ahead
      from view_offset o where o.name = 'views'
      """;
  private static final String NEXT =
      """
      select j.xid::text, j.ordering, j.persistence_id, j.sequence_number, j.event_ser_manifest,
        j.event_payload
      from event_journal j
      where (j.xid, j.ordering) > (
          select o.xid, o.ordering from view_offset o where o.name = 'views')
        and j.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by j.xid, j.ordering limit ?
      """;
  private static final String AHEAD =
      """
      the journal carries transaction numbers that this database has not reached, as after a \
      restore into a new server; stop the gateway and run: begin; update event_journal set xid = \
      pg_current_xact_id(); update view_offset set xid = '0', ordering = 0; commit;""";

  private final Connection connection;
  private final ViewSettings settings;

  JournalTable(Connection connection, ViewSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  /** A cheap look that takes no lock and no transaction number. */
  boolean anythingNew() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(settings.statementSeconds());
      try (ResultSet row = statement.executeQuery(PEEK)) {
        if (!row.next()) {
          throw new ViewFault("table view_offset has lost its row; insert ('views', '0', 0)");
        }
        if (row.getBoolean("ahead")) {
          throw new ViewFault(AHEAD);
        }
        return row.getBoolean("pending") || row.getBoolean("faulted");
      }
    }
  }

  /**
   * Becomes the one reader until this transaction ends: how many entities are known so far; absent
   * while another is.
   */
  OptionalLong become() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // a node that hangs in mid-batch must not keep the others from reading
      statement.execute(
          "set local idle_in_transaction_session_timeout = %1$d; set local statement_timeout = %1$d"
              .formatted(settings.statementTimeout().toMillis()));
      try (ResultSet row =
          statement.executeQuery(
              "select entities from view_offset where name = 'views' for update skip locked")) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  List<StoredRow> next() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setInt(1, settings.batch());
      List<StoredRow> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new StoredRow(
                  row.getString(1),
                  row.getLong(2),
                  row.getString(3),
                  row.getLong(4),
                  row.getString(5),
                  row.getBytes(6)));
        }
      }
      return rows;
    }
  }

  void readTo(StoredRow last, long entities) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update view_offset set xid = cast(? as xid8), ordering = ?, entities = ?, fault = null,"
                + " fault_at = null where name = 'views'")) {
      statement.setString(1, last.xid());
      statement.setLong(2, last.ordering());
      statement.setLong(3, entities);
      statement.executeUpdate();
    }
  }

  /** There is nothing left that the views could not read. */
  void mended() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update view_offset set fault = null, fault_at = null where name = 'views'");
    }
  }

  /** Tells every node why the views stand still. */
  static void fault(Connection connection, String what) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update view_offset set fault = ?, fault_at = now() where name = 'views'")) {
      statement.setString(1, what);
      statement.executeUpdate();
    }
  }
}
