package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.event.Inbox.Arrival;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Events that start a run only together, kept until the last of them is there. */
final class Gathering {
  private Gathering() {}

  /**
   * An event that is one of several.
   *
   * @param key the correlation values they share
   * @param slots the filters that take it
   * @param needed how many filters there are
   */
  record Part(Arrival arrival, String digest, String key, List<Integer> slots, int needed) {
    Part {
      slots = List.copyOf(slots);
    }

    String lock() {
      return arrival.tenant() + "|" + digest + "|" + key;
    }
  }

  private record Kept(int slot, long ordinal, String body) {}

  /** Keeps the parts; answers with the runs that now have all their events. */
  static List<Delivery> complete(Connection c, List<Part> parts) throws SQLException {
    // one writer at a time for the same events, and always in the same order
    for (String lock : parts.stream().map(Part::lock).distinct().sorted().toList()) {
      try (PreparedStatement s =
          c.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 6))")) {
        Sql.bind(s, lock);
        s.executeQuery().close();
      }
    }
    List<Delivery> starts = new ArrayList<>();
    for (Part part : parts) {
      keep(c, part);
      taken(c, part).ifPresent(starts::add);
    }
    return starts;
  }

  /** In the first of its slots that is free, so that each filter gets an event of its own. */
  private static void keep(Connection c, Part part) throws SQLException {
    Set<Integer> full = new HashSet<>();
    kept(c, part).forEach(it -> full.add(it.slot()));
    int slot =
        part.slots().stream()
            .filter(it -> !full.contains(it))
            .findFirst()
            .orElse(part.slots().getFirst());
    CloudEvent event = part.arrival().event();
    Sql.update(
        c,
        "insert into gathered (tenant, digest, key, slot, source, event_id, body)"
            + " values (?, ?, ?, ?, ?, ?, ?::json) on conflict do nothing",
        part.arrival().tenant(),
        part.digest(),
        part.key(),
        slot,
        event.source(),
        event.id(),
        Json.tree(event).toString());
  }

  /** The oldest event of each slot. */
  private static List<Kept> kept(Connection c, Part part) throws SQLException {
    List<Kept> kept = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            "select distinct on (slot) slot, ordinal, body from gathered"
                + " where tenant = ? and digest = ? and key = ? order by slot, ordinal")) {
      Sql.bind(s, part.arrival().tenant(), part.digest(), part.key());
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          kept.add(new Kept(rows.getInt(1), rows.getLong(2), rows.getString(3)));
        }
      }
    }
    return kept;
  }

  private static Optional<Delivery> taken(Connection c, Part part) throws SQLException {
    List<Kept> kept =
        kept(c, part).stream().sorted(Comparator.comparingLong(Kept::ordinal)).toList();
    if (kept.size() < part.needed()) {
      return Optional.empty();
    }
    Sql.update(
        c,
        "delete from gathered where tenant = ? and digest = ? and key = ? and ordinal = any (?)",
        part.arrival().tenant(),
        part.digest(),
        part.key(),
        c.createArrayOf("bigint", kept.stream().map(Kept::ordinal).toArray()));
    List<JsonNode> events =
        kept.stream().<JsonNode>map(it -> Sql.read(it.body(), CloudEvent.class).json()).toList();
    return Optional.of(Starts.start(part.arrival(), part.digest(), events));
  }

  static int trim(Connection c, Instant before, int most) throws SQLException {
    return Sql.update(
        c,
        "delete from gathered where ordinal in"
            + " (select ordinal from gathered where received_at < ? order by received_at limit ?)",
        Timestamp.from(before),
        most);
  }
}
