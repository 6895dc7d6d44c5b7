package io.signalbox.runtime.lifecycle;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far each sink has been told of the journal. A row of the journal is read once every
 * transaction that began no later has ended, as the views do it: nothing can appear before it then.
 */
final class LifecycleRows {
  private static final WorkflowRef NOBODY = new WorkflowRef("unknown", "unknown", "0.0.0");

  private LifecycleRows() {}

  /** A place in the journal. */
  record Place(String xid, long ordering) {}

  /** What happened to a run, and where the journal has it. */
  record Happened(Place place, RunId run, WorkflowRef workflow, Turn turn) {}

  /**
   * Makes the sink this node's for the time of the lease; false while another node has it. A sink
   * that is new is told what happens from now on.
   */
  static boolean hold(Connection c, String sink, String holder, Duration lease)
      throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "insert into lifecycle_sink (name, xid, ordering)"
                + " values (?, pg_snapshot_xmin(pg_current_snapshot()), 0)"
                + " on conflict do nothing")) {
      statement.setString(1, sink);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        c.prepareStatement(
            "update lifecycle_sink set holder = ?, held_until = now() + ? * interval '1 millisecond'"
                + " where name = ? and (holder = ? or held_until is null or held_until < now())")) {
      statement.setString(1, holder);
      statement.setLong(2, lease.toMillis());
      statement.setString(3, sink);
      statement.setString(4, holder);
      return statement.executeUpdate() == 1;
    }
  }

  /** The next rows about runs; {@code behind} is the place of the last row looked at, if any. */
  record Next(List<Happened> rows, Optional<Place> behind, boolean full) {
    Next {
      rows = List.copyOf(rows);
    }
  }

  static Next next(Connection c, String sink, int batch) throws SQLException {
    List<Happened> rows = new ArrayList<>();
    Map<String, WorkflowRef> known = new HashMap<>();
    Optional<Place> behind = Optional.empty();
    int count = 0;
    try (PreparedStatement statement =
        c.prepareStatement(
            """
            select j.xid::text, j.ordering, j.persistence_id, j.event_ser_manifest, j.event_payload
              from event_journal j
             where (j.xid, j.ordering) > (
                 select s.xid, s.ordering from lifecycle_sink s where s.name = ?)
               and j.xid < pg_snapshot_xmin(pg_current_snapshot())
             order by j.xid, j.ordering limit ?
            """)) {
      statement.setString(1, sink);
      statement.setInt(2, batch);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          count++;
          Place place = new Place(row.getString(1), row.getLong(2));
          behind = Optional.of(place);
          if (row.getString(4).equals("turn")) {
            Turn turn = JournalRow.read(row.getBytes(5), Turn.class).turn();
            String id = row.getString(3);
            RunId run = RunId.parse(id.substring(id.indexOf('|') + 1));
            WorkflowRef workflow = known.get(id);
            if (workflow == null) {
              Optional<WorkflowRef> begun = started(turn);
              workflow = begun.isPresent() ? begun.get() : first(c, id);
              known.put(id, workflow);
            }
            rows.add(new Happened(place, run, workflow, turn));
          }
        }
      }
    }
    return new Next(rows, behind, count == batch);
  }

  /** Of which workflow a run is stands in its first row. */
  private static WorkflowRef first(Connection c, String persistenceId) throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "select event_payload from event_journal"
                + " where persistence_id = ? and sequence_number = 1")) {
      statement.setString(1, persistenceId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? started(JournalRow.read(row.getBytes(1), Turn.class).turn()).orElse(NOBODY)
            : NOBODY;
      }
    }
  }

  private static Optional<WorkflowRef> started(Turn turn) {
    return turn.facts().stream()
        .filter(Fact.RunStarted.class::isInstance)
        .map(it -> ((Fact.RunStarted) it).workflow())
        .findFirst();
  }

  /** Told up to here; false when another node has the sink by now. */
  static boolean told(Connection c, String sink, String holder, Place place, Duration lease)
      throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "update lifecycle_sink set xid = cast(? as xid8), ordering = ?,"
                + " held_until = now() + ? * interval '1 millisecond'"
                + " where name = ? and holder = ?")) {
      statement.setString(1, place.xid());
      statement.setLong(2, place.ordering());
      statement.setLong(3, lease.toMillis());
      statement.setString(4, sink);
      statement.setString(5, holder);
      return statement.executeUpdate() == 1;
    }
  }

  static void giveUp(Connection c, String sink, CloudEvent event, String why) throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "insert into lifecycle_dead_letter (sink, id, event, why) values (?, ?, ?::json, ?)"
                + " on conflict do nothing")) {
      statement.setString(1, sink);
      statement.setString(2, event.id());
      statement.setString(3, event.json().toString());
      statement.setString(4, why);
      statement.executeUpdate();
    }
  }
}
