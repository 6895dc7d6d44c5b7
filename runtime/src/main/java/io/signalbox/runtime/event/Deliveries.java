package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.event.CloudEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of deliveries that are not yet taken; what is tried too often becomes a dead letter.
 */
final class Deliveries {
  private Deliveries() {}

  private static Object[] names(Connection c, List<Delivery> deliveries) throws SQLException {
    return new Object[] {
      Sql.texts(c, deliveries, it -> it.run().tenant()),
      Sql.texts(c, deliveries, it -> it.run().id()),
      Sql.texts(c, deliveries, Delivery::target),
      Sql.texts(c, deliveries, it -> it.event().source()),
      Sql.texts(c, deliveries, it -> it.event().id())
    };
  }

  /** Notes that these are on their way, and when to try those again that are not taken by then. */
  static void note(Connection c, List<Delivery> deliveries, Instant next) throws SQLException {
    if (deliveries.isEmpty()) {
      return;
    }
    Object[] names = names(c, deliveries);
    Sql.update(
        c,
        """
        insert into delivery (tenant, run, target, source, event_id, kind, input, next_try)
        select tenant, run, target, source, event_id, kind, input::json, ?
          from unnest(?, ?, ?, ?, ?, ?, ?)
            as t (tenant, run, target, source, event_id, kind, input)
        on conflict do nothing
        """,
        Timestamp.from(next),
        names[0],
        names[1],
        names[2],
        names[3],
        names[4],
        Sql.texts(c, deliveries, it -> it.starts() ? "start" : "deliver"),
        Sql.texts(c, deliveries, it -> it.input().map(Object::toString).orElse(null)));
  }

  /** They are taken; kept as such for as long as a late subscriber might get one a second time. */
  static void taken(Connection c, List<Delivery> deliveries, boolean keep) throws SQLException {
    Sql.update(
        c,
        (keep ? "update delivery d set taken_at = now() from" : "delete from delivery d using")
            + " unnest(?, ?, ?, ?, ?) as t (tenant, run, target, source, event_id)"
            + " where (d.tenant, d.run, d.target, d.source, d.event_id)"
            + " = (t.tenant, t.run, t.target, t.source, t.event_id)",
        names(c, deliveries));
  }

  static void failed(Connection c, Delivery d, String reason) throws SQLException {
    Sql.update(
        c,
        "update delivery set reason = ? where tenant = ? and run = ? and target = ?"
            + " and source = ? and event_id = ?",
        reason,
        d.run().tenant(),
        d.run().id(),
        d.target(),
        d.event().source(),
        d.event().id());
  }

  /** Deliveries whose time has come again; the next try of each is put off with every attempt. */
  static List<Delivery> due(Connection c, Instant now, EventSettings settings) throws SQLException {
    DeadLetters.bury(c, now, settings);
    List<Delivery> due = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            """
            with due as (
              select * from delivery where next_try <= ? and taken_at is null
               order by next_try limit ? for update skip locked)
            update delivery d
               set attempts = d.attempts + 1,
                   next_try = ?::timestamptz
                     + least(?, ? * power(2, least(d.attempts, 20)))
                       * (0.75 + random() / 2) * interval '1 millisecond'
              from due, inbox i
             where (d.tenant, d.run, d.target, d.source, d.event_id)
                 = (due.tenant, due.run, due.target, due.source, due.event_id)
               and (i.tenant, i.source, i.id) = (d.tenant, d.source, d.event_id)
            returning d.tenant, d.run, d.kind, d.target, i.body, d.input
            """)) {
      Sql.bind(
          s,
          Timestamp.from(now),
          settings.deliveries(),
          Timestamp.from(now),
          (double) settings.retryLongest().toMillis(),
          (double) settings.retryShortest().toMillis());
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          CloudEvent event = Sql.read(rows.getString(5), CloudEvent.class);
          boolean starts = rows.getString(3).equals("start");
          Optional<String> input = Optional.ofNullable(rows.getString(6));
          due.add(
              new Delivery(
                  new RunId(rows.getString(1), rows.getString(2)),
                  rows.getString(4),
                  event,
                  starts
                      ? Optional.of(
                          input
                              .map(it -> Sql.read(it, JsonNode.class))
                              .orElseGet(() -> Json.tree(List.of(event.json()))))
                      : Optional.empty()));
        }
      }
    }
    return due;
  }

  /** Forgets what was taken before the moment. */
  static int trim(Connection c, Instant before, int most) throws SQLException {
    return Sql.update(
        c,
        """
        delete from delivery where (tenant, run, target, source, event_id) in (
          select tenant, run, target, source, event_id from delivery
           where taken_at < ? limit ?)
        """,
        Timestamp.from(before),
        most);
  }
}
