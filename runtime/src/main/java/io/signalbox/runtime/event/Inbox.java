package io.signalbox.runtime.event;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.CloudEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every event that has arrived, once; forgotten after a while. */
final class Inbox {
  private Inbox() {}

  /** An event of a tenant. */
  record Arrival(String tenant, CloudEvent event) {
    Name name() {
      return new Name(tenant, event.source(), event.id());
    }
  }

  /** What tells an event from every other. */
  record Name(String tenant, String source, String id) {}

  /** Keeps the events; answers with those not seen before, in the order given. */
  static List<Arrival> keep(Connection c, List<Arrival> arrivals) throws SQLException {
    Map<Name, Arrival> once = new LinkedHashMap<>();
    arrivals.forEach(it -> once.putIfAbsent(it.name(), it));
    // always in the same order, so that two writers with the same events do not lock each other
    List<Arrival> ordered =
        once.values().stream()
            .sorted(
                Comparator.comparing((Arrival it) -> it.tenant())
                    .thenComparing(it -> it.event().source())
                    .thenComparing(it -> it.event().id()))
            .toList();
    Set<Name> fresh = new HashSet<>();
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into inbox (tenant, source, id, type, body)"
                + " select tenant, source, id, type, body::json"
                + " from unnest(?, ?, ?, ?, ?) as t (tenant, source, id, type, body)"
                + " on conflict do nothing returning tenant, source, id")) {
      Sql.bind(
          s,
          Sql.texts(c, ordered, Arrival::tenant),
          Sql.texts(c, ordered, it -> it.event().source()),
          Sql.texts(c, ordered, it -> it.event().id()),
          Sql.texts(c, ordered, it -> it.event().type()),
          Sql.texts(c, ordered, it -> Json.tree(it.event()).toString()));
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          fresh.add(new Name(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return once.values().stream().filter(it -> fresh.contains(it.name())).toList();
  }

  /** Forgets events that came before the moment and are on their way to nobody. */
  static int trim(Connection c, Instant before, int most) throws SQLException {
    return Sql.update(
        c,
        """
        delete from inbox where (tenant, source, id) in (
          select i.tenant, i.source, i.id from inbox i
           where i.received_at < ?
             and not exists (
               select 1 from delivery d
                where (d.tenant, d.source, d.event_id) = (i.tenant, i.source, i.id))
           order by i.received_at limit ?)
        """,
        Timestamp.from(before),
        most);
  }
}
