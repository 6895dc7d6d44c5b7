package io.signalbox.runtime.audit;

import io.signalbox.runtime.audit.Verification.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the journal and the ledger's tables as they lie there, a few rows in memory at a time. */
final class JournalRows {
  private static final int FETCH = 500;
  private static final String ROWS =
      """
      select persistence_id, sequence_number, event_ser_id, event_ser_manifest, deleted,
        (xid, ordering) <= (cast(? as xid8), ?) as within, event_payload
      from event_journal where cast(? as text) = '' or split_part(persistence_id, '|', 2) = ?
      order by persistence_id, sequence_number
      """;

  private final Connection connection;

  JournalRows(Connection connection) {
    this.connection = connection;
  }

  /** Does something with a row, and may fail. */
  @FunctionalInterface
  interface Take<T, E extends Exception> {
    void one(T value) throws E;
  }

  /** All that is read from here on is of one moment. */
  void atOneMoment() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
    }
  }

  <E extends Exception> void rows(Optional<String> tenant, Checkpoint upTo, Take<Row, E> take)
      throws SQLException, E {
    try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setString(1, upTo.xid());
      statement.setLong(2, upTo.ordering());
      statement.setString(3, tenant.orElse(""));
      statement.setString(4, tenant.orElse(""));
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          take.one(
              new Row(
                  row.getString(1),
                  row.getLong(2),
                  row.getInt(3),
                  row.getString(4),
                  row.getBoolean(5),
                  row.getBoolean(6),
                  row.getBytes(7)));
        }
      }
    }
  }

  /** In their order in the tree. */
  <E extends Exception> void heads(Take<Head, E> take) throws SQLException, E {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select ordinal, persistence_id, seq_nr, digest from entity_head order by ordinal")) {
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          take.one(new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)));
        }
      }
    }
  }

  /** The first row in the search view, of those entities that are older than the view. */
  Map<String, Long> searchedFrom() throws SQLException {
    Map<String, Long> from = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select persistence_id, searched_from from entity_head where searched_from > 1")) {
      while (row.next()) {
        from.put(row.getString(1), row.getLong(2));
      }
    }
    return from;
  }

  Optional<Checkpoint.Signed> newest() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select c.statement, c.key_id, k.public_key, c.signature from audit_checkpoint c"
                    + " join audit_key k on k.id = c.key_id order by c.number desc limit 1")) {
      return row.next()
          ? Optional.of(
              new Checkpoint.Signed(
                  Checkpoint.parse(row.getString(1)),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4)))
          : Optional.empty();
    }
  }

  /** All heads with their root; those of one tenant by id. */
  record Heads(String root, Map<String, Head> ofTenant) {}

  Heads heads(Optional<String> tenant) throws SQLException {
    List<String> leaves = new ArrayList<>();
    Map<String, Head> wanted = new HashMap<>();
    heads(
        head -> {
          leaves.add(Tree.leaf(head));
          if (tenant.isEmpty() || head.id().split("\\|", 3)[1].equals(tenant.get())) {
            wanted.put(head.id(), head);
          }
        });
    return new Heads(Tree.root(leaves), wanted);
  }
}
