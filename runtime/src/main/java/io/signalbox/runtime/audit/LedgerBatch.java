package io.signalbox.runtime.audit;

import io.signalbox.runtime.audit.HeadTable.Known;
import io.signalbox.runtime.audit.LedgerTable.Position;
import io.signalbox.runtime.audit.LedgerTable.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the next rows of the journal into the ledger: their entities' heads, the tree over all
 * heads, a signed checkpoint and the search view, all in the caller's transaction. So the heads are
 * always those of the newest checkpoint.
 */
final class LedgerBatch {
  private final AuditSettings settings;
  private final InstantSource clock;

  LedgerBatch(AuditSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What was taken in.
   *
   * @param broken rows that do not follow the row before them, told in words
   */
  record Taken(int rows, List<String> broken) {
    static final Taken NOTHING = new Taken(0, List.of());

    Taken {
      broken = List.copyOf(broken);
    }
  }

  Taken apply(Connection connection) throws SQLException {
    LedgerTable ledger = new LedgerTable(connection);
    if (!ledger.anythingNew()) {
      return Taken.NOTHING;
    }
    Optional<Position> from = ledger.become(settings.ledger().statementTimeout().toMillis());
    if (from.isEmpty()) {
      return Taken.NOTHING;
    }
    List<Row> rows = ledger.next(from.get(), settings.ledger().batch());
    return rows.isEmpty() ? Taken.NOTHING : take(connection, ledger, from.get(), rows);
  }

  private Taken take(Connection connection, LedgerTable ledger, Position from, List<Row> rows)
      throws SQLException {
    HeadTable table = new HeadTable(connection);
    Reading reading = new Reading(table.load(ids(rows)), from.entities());
    rows.forEach(reading::row);
    EntryTable.forget(connection, reading.deleted);
    table.store(reading.changed.values());
    EntryTable.store(connection, reading.entries);
    List<Long> places =
        reading.changed.values().stream().map(known -> known.head().ordinal()).toList();
    String root = new TreeTable(connection).update(places, reading.entities);
    Row last = rows.getLast();
    LedgerTable.Newest before = ledger.newest();
    ledger.store(
        new Checkpoint(
            before.number() + 1,
            clock.instant(),
            before.hash(),
            reading.entities,
            root,
            last.xid(),
            last.ordering()),
        key());
    ledger.readTo(last, reading.entities);
    return new Taken(rows.size(), reading.broken);
  }

  private static Set<String> ids(List<Row> rows) {
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.id()));
    return ids;
  }

  /** Read each time, which is how a rotation on one node reaches those that share the file. */
  private SigningKey key() {
    try {
      return SigningKey.of(settings.keyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What one batch comes to. */
  private static final class Reading {
    private final Map<String, Known> heads;
    private final Map<String, Known> changed = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private long entities;

    Reading(Map<String, Known> heads, long entities) {
      this.heads = heads;
      this.entities = entities;
    }

    void row(Row row) {
      Known known = heads.get(row.id());
      if (known == null) {
        known = new Known(new Head(entities++, row.id(), 0, ""), "");
      }
      Head head = known.head();
      if (row.seq() <= head.seq()) {
        return; // taken in before, as after a restore that renumbered transactions
      }
      Link link = Link.of(row.payload(), head.digest());
      boolean first = head.seq() == 0 && link.deletes(); // what was before is gone on purpose
      if (!first && (row.seq() != head.seq() + 1 || !link.follows(head.digest()))) {
        broken.add(
            "row %d of %s does not follow row %d".formatted(row.seq(), row.id(), head.seq()));
      }
      String startedBy = Entries.starter(link.turn()).orElse(known.startedBy());
      if (link.deletes()) {
        deleted.add(row.id());
        entries.removeIf(entry -> entry.source().equals(row.id()));
      }
      entries.addAll(Entries.of(row.id(), row.seq(), link.turn(), startedBy));
      Known now =
          new Known(new Head(head.ordinal(), row.id(), row.seq(), link.digest()), startedBy);
      heads.put(row.id(), now);
      changed.put(row.id(), now);
    }
  }
}
