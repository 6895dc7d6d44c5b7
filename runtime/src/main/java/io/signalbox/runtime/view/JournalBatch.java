package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.view.WakeProjection.Wake;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The next rows of the journal, applied to every view together with the offset they end at: all in
 * the caller's transaction, so either everything of a batch is there or nothing.
 */
final class JournalBatch {
  private static final String RUN = "turn";
  private static final String SESSION = "session-turn";

  private final ViewSettings settings;

  JournalBatch(ViewSettings settings) {
    this.settings = settings;
  }

  /** How many rows were read; none also while another node is at it. */
  int apply(Connection connection) throws SQLException {
    JournalTable journal = new JournalTable(connection, settings);
    if (!journal.anythingNew() || !journal.become()) {
      return 0;
    }
    List<StoredRow> rows = journal.next();
    if (rows.isEmpty()) {
      journal.mended();
    } else {
      List<StoredRow> fresh = new EntityHeads(connection).follow(rows);
      project(connection, fresh);
      journal.readTo(rows.getLast());
    }
    return rows.size();
  }

  private static void project(Connection connection, List<StoredRow> rows) throws SQLException {
    SubscriptionProjection subscriptions = new SubscriptionProjection(connection);
    BlobReferences references = new BlobReferences();
    Deletions deletions = new Deletions();
    NotificationProjection notifications = new NotificationProjection();
    Map<String, Wake> wakes = new HashMap<>();
    Map<RunId, RunProjection> runs = new RunTables(connection).load(runs(rows));
    for (StoredRow row : rows) {
      switch (row.manifest()) {
        case RUN -> {
          Turn turn = row.as(Turn.class).turn();
          references.add(row, turn.claims());
          RunId of = RunId.parse(row.entityId());
          boolean deleted =
              deletions.add(
                  row, turn, Optional.ofNullable(runs.get(of)).flatMap(RunProjection::line));
          subscriptions.apply(of, turn);
          runs.computeIfPresent(
              of,
              (id, run) -> {
                if (deleted) {
                  return RunProjection.none(id);
                }
                RunProjection after = run.after(turn);
                notifications.apply(id, turn, run, after);
                return after;
              });
          wakes.put(
              row.persistenceId(), WakeProjection.of(row.entityId(), row.sequenceNumber(), turn));
        }
        case SESSION -> {
          SessionTurn turn = row.as(SessionTurn.class).turn();
          references.add(row, turn.claims());
          wakes.put(
              row.persistenceId(), WakeProjection.of(row.entityId(), row.sequenceNumber(), turn));
        }
        default -> {} // other entities' rows are no matter of these views
      }
    }
    subscriptions.store();
    new RunTables(connection).store(runs.values());
    new WakeTable(connection).store(wakes.values());
    notifications.store(connection);
    references.store(connection);
    deletions.store(connection);
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
