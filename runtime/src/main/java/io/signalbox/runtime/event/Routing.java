package io.signalbox.runtime.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.definition.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The routing tables: subscriptions, the inbox of events seen, and deliveries not yet taken. */
final class Routing {
  private static final int BATCH = 500;

  /** What became of a publication: how many events were new, and where they go. */
  record Routed(int fresh, List<Delivery> deliveries) {}

  Routed publish(
      Connection c, String tenant, List<CloudEvent> events, List<Definition> scheduled, Instant now)
      throws SQLException {
    int fresh = 0;
    List<Delivery> deliveries = new ArrayList<>();
    for (CloudEvent event : events) {
      if (keep(c, tenant, event)) {
        fresh++;
        deliveries.addAll(listeners(c, tenant, event));
        starts(tenant, event, scheduled).forEach(deliveries::add);
      }
    }
    for (Delivery d : deliveries) {
      note(c, d, now.plusSeconds(5));
    }
    return new Routed(fresh, deliveries);
  }

  private boolean keep(Connection c, String tenant, CloudEvent event) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into inbox (tenant, source, id, type, body) values (?, ?, ?, ?, ?::jsonb)"
                + " on conflict do nothing")) {
      s.setString(1, tenant);
      s.setString(2, event.source());
      s.setString(3, event.id());
      s.setString(4, event.type());
      s.setString(5, Json.tree(event).toString());
      return s.executeUpdate() == 1;
    }
  }

  private List<Delivery> listeners(Connection c, String tenant, CloudEvent event)
      throws SQLException {
    List<Delivery> found = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            "select run, id, filter from subscription"
                + " where tenant = ? and (type = ? or type is null)")) {
      s.setString(1, tenant);
      s.setString(2, event.type());
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          EventFilter filter = read(rows.getString(3), EventFilter.class);
          if (EventMatch.matches(filter, event)) {
            found.add(
                new Delivery(
                    new RunId(tenant, rows.getString(1)), false, rows.getString(2), event));
          }
        }
      }
    }
    return found;
  }

  private List<Delivery> starts(String tenant, CloudEvent event, List<Definition> scheduled) {
    return scheduled.stream()
        .filter(
            d ->
                DefinitionReader.scheduledOn(d)
                    .map(filter -> EventMatch.matches(filter, event))
                    .orElse(false))
        .map(
            d ->
                new Delivery(
                    new RunId(tenant, startedId(d.digest(), event)), true, d.digest(), event))
        .toList();
  }

  /** The same event starts the same run, however often it comes. */
  private static String startedId(String digest, CloudEvent event) {
    String name = digest + "\n" + event.source() + "\n" + event.id();
    return "ev-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private void note(Connection c, Delivery d, Instant next) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into delivery (tenant, source, event_id, kind, run, target, next_try)"
                + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      s.setString(1, d.run().tenant());
      s.setString(2, d.event().source());
      s.setString(3, d.event().id());
      s.setString(4, d.starts() ? "start" : "deliver");
      s.setString(5, d.run().id());
      s.setString(6, d.target());
      s.setTimestamp(7, Timestamp.from(next));
      s.executeUpdate();
    }
  }

  /** Deliveries whose time has come again; the next try of each is put off with every attempt. */
  List<Delivery> due(Connection c, Instant now) throws SQLException {
    List<Delivery> due = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            """
            with due as (
              select * from delivery where next_try <= ? order by next_try limit ?
              for update skip locked)
            update delivery d
               set attempts = d.attempts + 1,
                   next_try = ?::timestamptz
                     + least(300, 5 * power(2, least(d.attempts, 6)))
                       * (0.75 + random() / 2) * interval '1 second'
              from due, inbox i
             where (d.tenant, d.run, d.target, d.source, d.event_id)
                 = (due.tenant, due.run, due.target, due.source, due.event_id)
               and (i.tenant, i.source, i.id) = (d.tenant, d.source, d.event_id)
            returning d.tenant, d.run, d.kind, d.target, i.body
            """)) {
      s.setTimestamp(1, Timestamp.from(now));
      s.setInt(2, BATCH);
      s.setTimestamp(3, Timestamp.from(now));
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          due.add(
              new Delivery(
                  new RunId(rows.getString(1), rows.getString(2)),
                  rows.getString(3).equals("start"),
                  rows.getString(4),
                  read(rows.getString(5), CloudEvent.class)));
        }
      }
    }
    return due;
  }

  void taken(Connection c, Delivery d) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "delete from delivery where tenant = ? and run = ? and target = ? and source = ?"
                + " and event_id = ?")) {
      s.setString(1, d.run().tenant());
      s.setString(2, d.run().id());
      s.setString(3, d.target());
      s.setString(4, d.event().source());
      s.setString(5, d.event().id());
      s.executeUpdate();
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a routing table holds what is not a " + type, e);
    }
  }
}
