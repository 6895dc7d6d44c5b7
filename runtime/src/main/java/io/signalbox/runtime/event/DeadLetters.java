package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.event.DeadLetter;
import io.signalbox.protocol.event.EventCommand;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was given up: kept with all that is needed to try it again. */
final class DeadLetters {
  private DeadLetters() {}

  private static final String INTO =
      """
      insert into dead_letter
             (tenant, id, kind, attempts, reason, run, target, source, event_id, body, input)
      select g.tenant, gen_random_uuid()::text,
             case g.kind when 'start' then 'start' else 'event' end,
             g.attempts, g.reason, g.run, g.target, g.source, g.event_id, i.body, g.input
        from gone g join inbox i on (i.tenant, i.source, i.id) = (g.tenant, g.source, g.event_id)
      """;

  /** Gives up what has been tried often enough. */
  static int bury(Connection c, Instant now, EventSettings settings) throws SQLException {
    return Sql.update(
        c,
        """
        with gone as (
          delete from delivery
           where (tenant, run, target, source, event_id) in (
             select tenant, run, target, source, event_id from delivery
              where next_try <= ? and attempts >= ? and taken_at is null
              limit ? for update skip locked)
          returning *)
        """
            + INTO,
        Timestamp.from(now),
        settings.attempts(),
        settings.batch());
  }

  /** Gives up one delivery that no further attempt can change. */
  static void bury(Connection c, Delivery d, String reason) throws SQLException {
    Deliveries.failed(c, d, reason);
    Sql.update(
        c,
        """
        with gone as (
          delete from delivery
           where tenant = ? and run = ? and target = ? and source = ? and event_id = ?
          returning *)
        """
            + INTO,
        d.run().tenant(),
        d.run().id(),
        d.target(),
        d.event().source(),
        d.event().id());
  }

  /** A page, newest first. */
  static EventCommand.Reply.DeadLetters page(
      Connection c, String tenant, int limit, Optional<Long> before) throws SQLException {
    List<DeadLetter> items = new ArrayList<>();
    long last = 0;
    boolean more = false;
    try (PreparedStatement s =
        c.prepareStatement(
            "select ordinal, id, kind, at, attempts, reason, run, body from dead_letter"
                + " where tenant = ? and ordinal < ? order by ordinal desc limit ?")) {
      Sql.bind(s, tenant, before.orElse(Long.MAX_VALUE), limit + 1);
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          if (items.size() == limit) {
            more = true;
            break;
          }
          last = rows.getLong(1);
          items.add(
              new DeadLetter(
                  rows.getString(2),
                  rows.getString(3),
                  rows.getTimestamp(4).toInstant(),
                  rows.getInt(5),
                  rows.getString(6),
                  rows.getString(7),
                  Sql.read(rows.getString(8), JsonNode.class)));
        }
      }
    }
    return new EventCommand.Reply.DeadLetters(
        items, more ? Optional.of(Long.toString(last)) : Optional.empty());
  }

  /** Back among the deliveries, due at once; false when there is no such letter. */
  static boolean resend(Connection c, String tenant, String id, Instant now) throws SQLException {
    return again(c, tenant, id, now) || redeliver(c, tenant, id, now);
  }

  /** A message to people goes back where it came from. */
  private static boolean again(Connection c, String tenant, String id, Instant now)
      throws SQLException {
    return Sql.update(
            c,
            """
            with again as (
              delete from dead_letter where tenant = ? and id = ? and kind = 'notification'
              returning *)
            update notification n
               set state = 'due', attempts = 0, next_try = ?
              from again where (n.tenant, n.id) = (again.tenant, again.event_id)
            """,
            tenant,
            id,
            Timestamp.from(now))
        == 1;
  }

  private static boolean redeliver(Connection c, String tenant, String id, Instant now)
      throws SQLException {
    return Sql.update(
            c,
            """
            with again as (
              delete from dead_letter where tenant = ? and id = ? and kind <> 'notification'
              returning *),
            kept as (
              insert into inbox (tenant, source, id, type, body)
              select tenant, source, event_id, body ->> 'type', body from again
              on conflict do nothing)
            insert into delivery (tenant, run, target, source, event_id, kind, input, next_try)
            select tenant, run, target, source, event_id,
                   case kind when 'start' then 'start' else 'deliver' end, input, ?
              from again
            on conflict (tenant, run, target, source, event_id)
              do update set attempts = 0, next_try = excluded.next_try, taken_at = null
            """,
            tenant,
            id,
            Timestamp.from(now))
        == 1;
  }

  static int trim(Connection c, Instant before, int most) throws SQLException {
    return Sql.update(
        c,
        "delete from dead_letter where ordinal in"
            + " (select ordinal from dead_letter where at < ? order by at limit ?)",
        Timestamp.from(before),
        most);
  }
}
