package io.signalbox.runtime.schedule;

import io.signalbox.protocol.WorkflowRef;
import io.signalbox.runtime.definition.Timetable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of schedules. The database's clock is the only one that counts. */
public final class ScheduleRows {
  /** Ends that the views have lost (or never saw) must not hold a schedule up for good. */
  private static final String ENDED =
      """
      update schedule s
         set next_at = coalesce(
           (select r.ended_at from run_view r where r.tenant = s.tenant and r.id = s.last_run),
           now()) + s.pause
       where s.kind = 'after' and s.next_at is null and s.last_run is not null
         and (exists (select 1 from run_view r where r.tenant = s.tenant and r.id = s.last_run
                         and r.ended_at is not null)
              or (s.last_at < now() - interval '1 hour' and not exists (
                    select 1 from run_view r where r.tenant = s.tenant and r.id = s.last_run)))
      """;

  private static final String CLAIM =
      """
      with due as (
        select tenant, namespace, name from schedule
         where next_at <= now() and (claimed_until is null or claimed_until < now())
         order by next_at limit ? for update skip locked)
      update schedule s set claimed_until = now() + ? * interval '1 millisecond'
        from due d
       where (s.tenant, s.namespace, s.name) = (d.tenant, d.namespace, d.name)
      returning s.tenant, s.namespace, s.name, s.version, s.digest, s.kind, s.expression, s.next_at
      """;

  private ScheduleRows() {}

  /**
   * The newest version of a workflow is another one now: only it fires.
   *
   * @param version and {@code digest}: of the newest version
   * @param timetable absent where it is not started by time, or there is no version left
   */
  public static void replace(
      Connection c,
      String tenant,
      WorkflowRef workflow,
      String digest,
      Optional<Timetable> timetable)
      throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "delete from schedule where tenant = ? and namespace = ? and name = ?"
                + (timetable.isPresent() ? " and digest <> ?" : ""))) {
      statement.setString(1, tenant);
      statement.setString(2, workflow.namespace());
      statement.setString(3, workflow.name());
      if (timetable.isPresent()) {
        statement.setString(4, digest);
      }
      statement.executeUpdate();
    }
    if (timetable.isPresent()) {
      insert(c, tenant, workflow, digest, timetable.get());
    }
  }

  private static void insert(
      Connection c, String tenant, WorkflowRef workflow, String digest, Timetable timetable)
      throws SQLException {
    Instant now = now(c);
    try (PreparedStatement statement =
        c.prepareStatement(
            "insert into schedule (tenant, namespace, name, version, digest, kind, expression,"
                + " pause, next_at) values (?, ?, ?, ?, ?, ?, ?, ? * interval '1 millisecond', ?)"
                + " on conflict do nothing")) {
      statement.setString(1, tenant);
      statement.setString(2, workflow.namespace());
      statement.setString(3, workflow.name());
      statement.setString(4, workflow.version());
      statement.setString(5, digest);
      statement.setString(6, timetable.kind());
      statement.setString(7, timetable.expression());
      statement.setLong(
          8, timetable instanceof Timetable.After after ? after.pause().toMillis() : 0);
      statement.setObject(9, at(timetable.first(now)));
      statement.executeUpdate();
    }
  }

  /** What is due and nobody else is at; it is this node's for the time of the lease. */
  static List<Firing> claim(Connection c, ScheduleSettings settings) throws SQLException {
    try (PreparedStatement ended = c.prepareStatement(ENDED)) {
      ended.executeUpdate();
    }
    List<Firing> due = new ArrayList<>();
    try (PreparedStatement statement = c.prepareStatement(CLAIM)) {
      statement.setInt(1, settings.batch());
      statement.setLong(2, settings.lease().toMillis());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          due.add(
              new Firing(
                  row.getString("tenant"),
                  new WorkflowRef(
                      row.getString("namespace"), row.getString("name"), row.getString("version")),
                  row.getString("digest"),
                  Timetable.parse(row.getString("kind"), row.getString("expression")),
                  row.getObject("next_at", OffsetDateTime.class).toInstant()));
        }
      }
    }
    return due;
  }

  /** The run has begun: what comes next is in the future. */
  static void fired(Connection c, Firing firing) throws SQLException {
    Optional<Instant> next = firing.timetable().next(firing.due(), now(c));
    try (PreparedStatement statement =
        c.prepareStatement(
            "update schedule set next_at = ?, last_at = ?, last_run = ?, claimed_until = null"
                + " where tenant = ? and namespace = ? and name = ? and digest = ?"
                + " and next_at = ?")) {
      statement.setObject(1, at(next));
      statement.setObject(2, at(Optional.of(firing.due())));
      statement.setString(3, firing.run().id());
      statement.setString(4, firing.tenant());
      statement.setString(5, firing.workflow().namespace());
      statement.setString(6, firing.workflow().name());
      statement.setString(7, firing.digest());
      statement.setObject(8, at(Optional.of(firing.due())));
      statement.executeUpdate();
    }
  }

  private static Instant now(Connection c) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement("select clock_timestamp()");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static @Nullable OffsetDateTime at(Optional<Instant> at) {
    return at.map(it -> it.atOffset(ZoneOffset.UTC)).orElse(null);
  }
}
