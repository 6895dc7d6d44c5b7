package io.signalbox.runtime.view;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.audit.Head;
import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last row read of each entity. A row that does not follow it in number stops the views; one
 * that does not carry its hash is told, since then somebody wrote behind the gateway's back.
 */
final class EntityHeads {
  /** An entity's head and, of a run, who started it. */
  private record Known(Head head, String startedBy) {}

  private final Map<String, Known> heads;
  private final Map<String, Known> changed = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private long entities;

  private EntityHeads(Map<String, Known> heads, long entities) {
    this.heads = heads;
    this.entities = entities;
  }

  /**
   * The heads of these rows' entities.
   *
   * @param entities how many are known so far
   */
  static EntityHeads load(Connection connection, List<StoredRow> rows, long entities)
      throws SQLException {
    String[] ids = rows.stream().map(StoredRow::persistenceId).distinct().toArray(String[]::new);
    Map<String, Known> heads = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select ordinal, persistence_id, seq_nr, digest, started_by from entity_head"
                + " where persistence_id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("text", ids));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Head head = new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4));
          heads.put(head.id(), new Known(head, row.getString(5)));
        }
      }
    }
    return new EntityHeads(heads, entities);
  }

  /** The rows without those that were read before. */
  List<StoredRow> follow(List<StoredRow> rows) {
    Map<String, Long> numbers = new HashMap<>();
    heads.forEach((id, known) -> numbers.put(id, known.head().seq()));
    return fresh(rows, numbers);
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

  /**
   * Moves the head of the row's entity on.
   *
   * @param previous the digest that the row claims to follow
   * @param starts who starts the run with this row; absent for all other rows
   */
  void move(StoredRow row, String previous, Optional<String> starts) {
    String id = row.persistenceId();
    Known known = heads.get(id);
    if (known == null) {
      known = new Known(new Head(entities++, id, 0, ""), "");
    } else if (!known.head().digest().equals(previous)) {
      broken.add("row %d of %s does not follow the row before".formatted(row.sequenceNumber(), id));
    }
    Head head =
        new Head(
            known.head().ordinal(), id, row.sequenceNumber(), ChainCheck.digest(row.payload()));
    Known moved = new Known(head, starts.orElse(known.startedBy()));
    heads.put(id, moved);
    changed.put(id, moved);
  }

  /** Who started the run; empty text for what is none. */
  String startedBy(String id) {
    return Optional.ofNullable(heads.get(id)).map(Known::startedBy).orElse("");
  }

  long entities() {
    return entities;
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  /** Writes what was moved; answers its places in the tree. */
  List<Long> store(Connection connection) throws SQLException {
    Columns rows = new Columns(5);
    List<Long> places = new ArrayList<>();
    for (Known known : changed.values()) {
      Head head = known.head();
      places.add(head.ordinal());
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
        insert into entity_head (ordinal, persistence_id, seq_nr, digest, started_by)
        select cast(ordinal as bigint), id, cast(seq_nr as bigint), digest, started_by
        from %s as row (ordinal, id, seq_nr, digest, started_by)
        on conflict (persistence_id)
        do update set seq_nr = excluded.seq_nr, digest = excluded.digest
        """);
    return places;
  }
}
