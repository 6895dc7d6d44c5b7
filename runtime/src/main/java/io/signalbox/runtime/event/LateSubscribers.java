package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.event.Subscriptions.Wish;
import io.signalbox.runtime.match.EventMatch;
import io.signalbox.runtime.match.RoutingKey;
import io.signalbox.runtime.storage.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events that arrived shortly before somebody listened for them. */
final class LateSubscribers {
  private LateSubscribers() {}

  /** Says, for the rest of the transaction, that events of the tenants are being published. */
  static void publishing(Connection c, List<String> tenants) throws SQLException {
    lock(c, "pg_advisory_xact_lock_shared", tenants);
  }

  /**
   * The deliveries of what came before these subscriptions, which are committed already: whoever
   * publishes from then on sees them, and whoever began before is waited for.
   */
  static List<Delivery> find(
      Database database, List<Wish> wishes, Instant now, EventSettings settings)
      throws SQLException {
    List<String> tenants =
        wishes.stream().map(it -> it.run().tenant()).distinct().sorted().toList();
    database.now(
        c -> {
          lock(c, "pg_advisory_xact_lock", tenants);
          return true;
        });
    return database.now(
        c -> {
          List<Delivery> found = new ArrayList<>();
          for (Wish wish : wishes) {
            found.addAll(find(c, wish, now.minus(settings.late()), settings.batch()));
          }
          Deliveries.note(c, found, now.plus(settings.retryShortest()));
          return found;
        });
  }

  private static void lock(Connection c, String how, List<String> tenants) throws SQLException {
    for (String tenant : tenants) {
      try (PreparedStatement s = c.prepareStatement("select " + how + "(hashtextextended(?, 7))")) {
        Sql.bind(s, tenant);
        s.executeQuery().close();
      }
    }
  }

  private static List<Delivery> find(Connection c, Wish wish, Instant since, int most)
      throws SQLException {
    List<RoutingKey> keys = wish.filters().stream().map(RoutingKey::of).toList();
    boolean every = keys.stream().anyMatch(it -> it.type().isEmpty());
    List<Delivery> found = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            """
            select i.body from inbox i
             where i.tenant = ? and i.received_at >= ? and (? or i.type = any (?))
               and not exists (
                 select 1 from delivery d where d.tenant = i.tenant and d.run = ?
                    and d.source = i.source and d.event_id = i.id)
             order by i.received_at limit ?
            """)) {
      Sql.bind(
          s,
          wish.run().tenant(),
          Timestamp.from(since),
          every,
          Sql.texts(c, keys, RoutingKey::type),
          wish.run().id(),
          most);
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          CloudEvent event = Sql.read(rows.getString(1), CloudEvent.class);
          if (wanted(wish, keys, event.json())) {
            found.add(new Delivery(wish.run(), wish.id(), event, Optional.empty()));
          }
        }
      }
    }
    return found;
  }

  private static boolean wanted(Wish wish, List<RoutingKey> keys, JsonNode event) {
    for (int i = 0; i < keys.size(); i++) {
      RoutingKey key = keys.get(i);
      if (EventMatch.may(wish.filters().get(i), event)
          && RoutingKey.of(key.extractors(), event).equals(Optional.of(key.key()))) {
        return true;
      }
    }
    return false;
  }
}
