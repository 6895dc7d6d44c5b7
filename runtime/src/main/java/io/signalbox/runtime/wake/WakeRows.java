package io.signalbox.runtime.wake;

import io.signalbox.runtime.view.ViewSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The waker's table, from the waker's side. */
final class WakeRows {
  private static final String DUE =
      """
      update wake w set attempts = w.attempts + 1,
        next_check = now() + make_interval(secs =>
          least(?, ? * power(2, least(w.attempts, 30))) * (1 + random() / 5))
      from (select kind, entity_id from wake where next_check <= now()
        order by next_check limit ? for update skip locked) due
      where w.kind = due.kind and w.entity_id = due.entity_id
      returning w.kind, w.entity_id, w.seen_at
      """;
  private static final String ACTIVE =
      """
      select kind, entity_id, seen_at from wake where (kind, entity_id) > (?, ?)
      order by kind, entity_id limit ?
      """;
  private static final String CAUGHT_UP =
      """
      select pg_snapshot_xmin(pg_current_snapshot()) >= cast(? as xid8)
        and not exists (select 1 from event_journal j, view_offset o
          where o.name = 'views' and (j.xid, j.ordering) > (o.xid, o.ordering)
            and j.xid < cast(? as xid8))
      """;
  private static final String MARK = "select pg_snapshot_xmax(pg_current_snapshot())";

  private final ViewSettings settings;

  WakeRows(ViewSettings settings) {
    this.settings = settings;
  }

  /** Those that want to be looked at now; each is left alone for longer every time. */
  List<Ping> due(Connection connection) throws SQLException {
    ViewSettings.Waker waker = settings.waker();
    try (PreparedStatement statement = prepare(connection, DUE)) {
      statement.setDouble(1, waker.againLongest().toMillis() / 1000.0);
      statement.setDouble(2, waker.againShortest().toMillis() / 1000.0);
      statement.setInt(3, waker.batch());
      return pings(statement);
    }
  }

  /** The next of all that are active, behind the given one. */
  List<Ping> active(Connection connection, Ping behind) throws SQLException {
    try (PreparedStatement statement = prepare(connection, ACTIVE)) {
      statement.setString(1, behind.kind());
      statement.setString(2, behind.entityId());
      statement.setInt(3, settings.waker().batch());
      return pings(statement);
    }
  }

  /** This moment, as transactions go: everything written up to now has a lower number. */
  String mark(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection, MARK);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /** Whether the views, and with them this table, hold everything written before the mark. */
  boolean caughtUp(Connection connection, String mark) throws SQLException {
    try (PreparedStatement statement = prepare(connection, CAUGHT_UP)) {
      statement.setString(1, mark);
      statement.setString(2, mark);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout((int) Math.max(1, settings.statementTimeout().toSeconds()));
    return statement;
  }

  private static List<Ping> pings(PreparedStatement statement) throws SQLException {
    List<Ping> pings = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        pings.add(new Ping(row.getString(1), row.getString(2), row.getLong(3)));
      }
    }
    return pings;
  }
}
