package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.runtime.event.Inbox.Arrival;
import io.signalbox.runtime.match.EventMatch;
import io.signalbox.runtime.match.RoutingKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who listens for an event: two index lookups, however many listen for others of its type. */
final class Listeners {
  private static final int ROWS = 1000;

  /** The filters of a type differ in few shapes, which are stepped through one by one. */
  private static final String SHAPES =
      """
      select w.tenant, w.type, s.shape, s.extractors
        from unnest(?, ?) as w (tenant, type), lateral (
          with recursive step as (
            (select x.shape, x.extractors from subscription x
              where x.tenant = w.tenant and x.type = w.type order by x.shape limit 1)
            union all
            select n.shape, n.extractors from step, lateral (
              select x.shape, x.extractors from subscription x
               where x.tenant = w.tenant and x.type = w.type and x.shape > step.shape
               order by x.shape limit 1) n)
          select shape, extractors from step) s
      """;

  /** The inner offset keeps the planner from reading the whole table for many keys at once. */
  private static final String FOUND =
      """
      select e.event, s.run, s.id, s.filter
        from unnest(?, ?, ?, ?, ?) as e (event, tenant, type, shape, key), lateral (
          select x.run, x.id, x.filter from subscription x
           where x.tenant = e.tenant and x.type = e.type and x.shape = e.shape and x.key = e.key
          offset 0) s
      """;

  private final List<Arrival> arrivals;
  private final List<JsonNode> envelopes;

  private record Shape(String tenant, String type, String shape, List<String> extractors) {}

  private record Wanted(int event, Shape shape, String key) {}

  private record Reached(int event, RunId run, String subscription) {}

  private Listeners(List<Arrival> arrivals) {
    this.arrivals = arrivals;
    this.envelopes = arrivals.stream().<JsonNode>map(it -> it.event().json()).toList();
  }

  /** The deliveries, handed over a part at a time. */
  static void find(Connection c, List<Arrival> arrivals, Parts parts) throws SQLException {
    new Listeners(arrivals).find(c, parts);
  }

  /** Takes a part of the deliveries. */
  interface Parts {
    void take(List<Delivery> part) throws SQLException;
  }

  private void find(Connection c, Parts parts) throws SQLException {
    List<Wanted> wanted = wanted(shapes(c));
    if (wanted.isEmpty()) {
      return;
    }
    Set<Reached> reached = new HashSet<>();
    List<Delivery> part = new ArrayList<>();
    try (PreparedStatement s = c.prepareStatement(FOUND)) {
      s.setFetchSize(ROWS);
      Sql.bind(
          s,
          Sql.integers(c, wanted, Wanted::event),
          Sql.texts(c, wanted, it -> it.shape().tenant()),
          Sql.texts(c, wanted, it -> it.shape().type()),
          Sql.texts(c, wanted, it -> it.shape().shape()),
          Sql.texts(c, wanted, Wanted::key));
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          Arrival arrival = arrivals.get(rows.getInt(1));
          RunId run = new RunId(arrival.tenant(), rows.getString(2));
          EventFilter filter = Sql.read(rows.getString(4), EventFilter.class);
          if (EventMatch.may(filter, envelopes.get(rows.getInt(1)))
              && reached.add(new Reached(rows.getInt(1), run, rows.getString(3)))) {
            part.add(new Delivery(run, rows.getString(3), arrival.event(), Optional.empty()));
          }
          if (part.size() == ROWS) {
            parts.take(part);
            part = new ArrayList<>();
          }
        }
      }
    }
    parts.take(part);
  }

  private List<Shape> shapes(Connection c) throws SQLException {
    Set<Shape> types = new HashSet<>();
    for (Arrival it : arrivals) {
      types.add(new Shape(it.tenant(), it.event().type(), "", List.of()));
      types.add(new Shape(it.tenant(), "", "", List.of()));
    }
    List<Shape> asked = List.copyOf(types);
    List<Shape> shapes = new ArrayList<>();
    try (PreparedStatement s = c.prepareStatement(SHAPES)) {
      Sql.bind(s, Sql.texts(c, asked, Shape::tenant), Sql.texts(c, asked, Shape::type));
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          shapes.add(
              new Shape(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  List.of((String[]) rows.getArray(4).getArray())));
        }
      }
    }
    return shapes;
  }

  private List<Wanted> wanted(List<Shape> shapes) {
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      for (Shape shape : shapes) {
        if (shape.tenant().equals(arrival.tenant())
            && (shape.type().isEmpty() || shape.type().equals(arrival.event().type()))) {
          int event = i;
          RoutingKey.of(shape.extractors(), envelopes.get(i))
              .ifPresent(key -> wanted.add(new Wanted(event, shape, key)));
        }
      }
    }
    return wanted;
  }
}
