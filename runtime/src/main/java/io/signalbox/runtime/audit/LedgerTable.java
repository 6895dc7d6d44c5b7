package io.signalbox.runtime.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal behind the ledger's position. Rows are taken in once every transaction that began no
 * later has ended, so that nothing can appear before them any more; see the views' reader.
 */
final class LedgerTable {
  private static final String PEEK =
      """
      select exists (select 1 from event_journal j, audit_position o
        where (j.xid, j.ordering) > (o.xid, o.ordering)
          and j.xid < pg_snapshot_xmin(pg_current_snapshot()))
      """;
  private static final String NEXT =
      """
      select j.xid::text, j.ordering, j.persistence_id, j.sequence_number, j.event_payload
      from event_journal j
      where (j.xid, j.ordering) > (cast(? as xid8), ?)
        and j.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by j.xid, j.ordering limit ?
      """;

  private final Connection connection;

  LedgerTable(Connection connection) {
    this.connection = connection;
  }

  record Position(String xid, long ordering, long entities) {}

  /** The array is the row's own and not to be changed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(String xid, long ordering, String id, long seq, byte[] payload) {}

  /** A look that takes no lock. */
  boolean anythingNew() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PEEK)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Becomes the one that takes in until this transaction ends; absent while another is. */
  Optional<Position> become(long patienceMillis) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set local idle_in_transaction_session_timeout = %1$d; set local statement_timeout = %1$d"
              .formatted(patienceMillis));
      try (ResultSet row =
          statement.executeQuery(
              "select xid::text, ordering, entities from audit_position for update skip locked")) {
        return row.next()
            ? Optional.of(new Position(row.getString(1), row.getLong(2), row.getLong(3)))
            : Optional.empty();
      }
    }
  }

  List<Row> next(Position from, int most) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setString(1, from.xid());
      statement.setLong(2, from.ordering());
      statement.setInt(3, most);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getString(1),
                  row.getLong(2),
                  row.getString(3),
                  row.getLong(4),
                  row.getBytes(5)));
        }
      }
      return rows;
    }
  }

  void readTo(Row last, long entities) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update audit_position set xid = cast(? as xid8), ordering = ?, entities = ?")) {
      statement.setString(1, last.xid());
      statement.setLong(2, last.ordering());
      statement.setLong(3, entities);
      statement.executeUpdate();
    }
  }

  /** The newest statement's number and hash; number 0 before the first. */
  record Newest(long number, String hash) {}

  Newest newest() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select number, statement from audit_checkpoint order by number desc limit 1")) {
      return row.next()
          ? new Newest(row.getLong(1), Tree.hash(row.getString(2)))
          : new Newest(0, "");
    }
  }

  void store(Checkpoint checkpoint, SigningKey key) throws SQLException {
    try (PreparedStatement known =
            connection.prepareStatement(
                "insert into audit_key (id, public_key) values (?, ?) on conflict do nothing");
        PreparedStatement made =
            connection.prepareStatement(
                "insert into audit_checkpoint (number, at, statement, key_id, signature)"
                    + " values (?, ?, ?, ?, ?)")) {
      known.setString(1, key.id());
      known.setString(2, key.publicKey());
      known.executeUpdate();
      made.setLong(1, checkpoint.number());
      made.setObject(2, OffsetDateTime.ofInstant(checkpoint.at(), ZoneOffset.UTC));
      made.setString(3, checkpoint.statement());
      made.setString(4, key.id());
      made.setString(5, key.sign(checkpoint.statement()));
      made.executeUpdate();
    }
  }

  /** Old checkpoints are thinned out to the last of each hour. */
  int thin(long keepMillis) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            delete from audit_checkpoint old where at < now() - ? * interval '1 millisecond'
              and at > now() - ? * interval '1 millisecond' - interval '2 days'
              and exists (select 1 from audit_checkpoint later where later.number > old.number
                and date_trunc('hour', later.at) = date_trunc('hour', old.at))
            """)) {
      statement.setLong(1, keepMillis);
      statement.setLong(2, keepMillis);
      return statement.executeUpdate();
    }
  }
}
