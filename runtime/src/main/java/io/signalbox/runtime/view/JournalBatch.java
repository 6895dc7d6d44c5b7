package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.audit.EntryTable;
import io.signalbox.runtime.audit.Ledger;
import io.signalbox.runtime.audit.Link;
import io.signalbox.runtime.storage.RecentRows;
import io.signalbox.runtime.view.WakeProjection.Wake;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The next rows of the journal, applied to every view and sealed by a checkpoint together with the
 * offset they end at: all in the caller's transaction, so either everything of a batch is there or
 * nothing.
 */
final class JournalBatch {
  private static final String RUN = "turn";
  private static final String SESSION = "session-turn";

  private final ViewSettings settings;
  private final Ledger ledger;
  private final RecentRows recent;

  JournalBatch(ViewSettings settings, Ledger ledger, RecentRows recent) {
    this.settings = settings;
    this.ledger = ledger;
    this.recent = recent;
  }

  /**
   * What was read.
   *
   * @param rows none also while another node is at it
   * @param broken rows that are not what was written, told in words
   */
  record Done(int rows, List<String> broken) {
    private static final Done NOTHING = new Done(0, List.of());

    Done {
      broken = List.copyOf(broken);
    }
  }

  Done apply(Connection connection) throws SQLException {
    JournalTable journal = new JournalTable(connection, settings);
    if (!journal.anythingNew()) {
      return Done.NOTHING;
    }
    OptionalLong entities = journal.become();
    if (entities.isEmpty()) {
      return Done.NOTHING;
    }
    List<StoredRow> rows = journal.next();
    if (rows.isEmpty()) {
      journal.mended();
      return Done.NOTHING;
    }
    StoredRow last = rows.getLast();
    EntityHeads heads = EntityHeads.load(connection, rows, entities.getAsLong());
    project(connection, heads.follow(rows), heads);
    List<Long> moved = heads.store(connection);
    ledger.seal(connection, moved, heads.entities(), last.xid(), last.ordering());
    journal.readTo(last, heads.entities());
    return new Done(rows.size(), heads.broken());
  }

  private void project(Connection connection, List<StoredRow> rows, EntityHeads heads)
      throws SQLException {
    SubscriptionProjection subscriptions = new SubscriptionProjection(connection);
    BlobReferences references = new BlobReferences();
    Deletions deletions = new Deletions();
    NotificationProjection notifications = new NotificationProjection();
    EntryTable entries = new EntryTable();
    Map<String, Wake> wakes = new HashMap<>();
    Map<RunId, RunProjection> runs = new RunTables(connection).load(runs(rows));
    for (StoredRow row : rows) {
      String id = row.persistenceId();
      long seq = row.sequenceNumber();
      switch (row.manifest()) {
        case RUN -> {
          Turn turn =
              recent
                  .take(id, seq, row.payload(), Turn.class)
                  .orElseGet(() -> row.as(Turn.class).turn());
          heads.move(row, turn.previous(), starter(turn));
          references.add(row, turn.claims());
          RunId of = RunId.parse(row.entityId());
          Optional<RunProjection> before = Optional.ofNullable(runs.get(of));
          boolean deleted = deletions.add(row, turn, before.flatMap(RunProjection::line));
          if (deleted) {
            entries.forget(id);
          }
          entries.run(id, seq, turn, heads.startedBy(id));
          subscriptions.apply(of, turn);
          before.ifPresent(
              run -> {
                RunProjection after = deleted ? RunProjection.none(of) : run.after(turn);
                runs.put(of, after);
                if (!deleted) {
                  notifications.apply(of, turn, run, after);
                }
              });
          wakes.put(id, WakeProjection.of(row.entityId(), seq, turn));
        }
        case SESSION -> {
          SessionTurn turn = row.as(SessionTurn.class).turn();
          heads.move(row, turn.previous(), Optional.empty());
          references.add(row, turn.claims());
          wakes.put(id, WakeProjection.of(row.entityId(), seq, turn));
        }
        default -> { // other entities' rows matter to the audit trail alone
          Link link = Link.of(row.payload());
          heads.move(row, link.previous().orElse(""), Optional.empty());
          entries.other(id, seq, link.turn());
        }
      }
    }
    subscriptions.store();
    new RunTables(connection).store(runs.values());
    new WakeTable(connection).store(wakes.values());
    notifications.store(connection);
    references.store(connection);
    entries.store(connection);
    deletions.store(connection);
  }

  private static Optional<String> starter(Turn turn) {
    return !turn.facts().isEmpty() && turn.facts().getFirst() instanceof Fact.RunStarted start
        ? Optional.of(start.startedBy())
        : Optional.empty();
  }

  private static List<RunId> runs(List<StoredRow> rows) {
    return rows.stream()
        .filter(row -> row.manifest().equals(RUN))
        .map(row -> RunId.parse(row.entityId()))
        .collect(Collectors.toUnmodifiableSet())
        .stream()
        .toList();
  }
}
