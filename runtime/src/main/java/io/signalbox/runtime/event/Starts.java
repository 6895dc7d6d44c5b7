package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Consumption.Mode;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.event.Inbox.Arrival;
import io.signalbox.runtime.match.EventMatch;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which runs an event starts. The input of a run is the array of the events that started it (DSL,
 * "Event-driven scheduling").
 */
final class Starts {
  private Starts() {}

  /** The deliveries that start runs, of events that have just arrived. */
  static List<Delivery> find(
      Connection c, List<Arrival> arrivals, Map<String, List<Scheduled>> scheduled)
      throws SQLException {
    List<Delivery> starts = new ArrayList<>();
    List<Gathering.Part> parts = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      JsonNode event = arrival.event().json();
      for (Scheduled it : scheduled.getOrDefault(arrival.tenant(), List.of())) {
        if (it.on().mode() == Mode.ALL && it.on().filters().size() > 1) {
          part(arrival, event, it).ifPresent(parts::add);
        } else if (it.on().filters().stream().anyMatch(f -> correlated(f, event).isPresent())) {
          starts.add(start(arrival, it.digest(), List.of(event)));
        }
      }
    }
    starts.addAll(Gathering.complete(c, parts));
    return starts;
  }

  private static Optional<Map<String, String>> correlated(EventFilter filter, JsonNode event) {
    return EventMatch.takes(filter, event, Map.of())
        ? EventMatch.correlated(filter, event, Map.of())
        : Optional.empty();
  }

  private static Optional<Gathering.Part> part(
      Arrival arrival, JsonNode event, Scheduled scheduled) {
    List<Integer> slots = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    for (int slot = 0; slot < scheduled.on().filters().size(); slot++) {
      var correlated = correlated(scheduled.on().filters().get(slot), event);
      if (correlated.isPresent() && (slots.isEmpty() || values.equals(correlated.get()))) {
        slots.add(slot);
        values.putAll(correlated.get());
      }
    }
    return slots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Gathering.Part(
                arrival,
                scheduled.digest(),
                values.toString(),
                slots,
                scheduled.on().filters().size()));
  }

  static Delivery start(Arrival arrival, String digest, List<JsonNode> events) {
    return new Delivery(
        new RunId(arrival.tenant(), startedId(digest, arrival.event())),
        digest,
        arrival.event(),
        Optional.of(JsonNodeFactory.instance.arrayNode().addAll(events)));
  }

  /** The same event starts the same run, however often it comes. */
  private static String startedId(String digest, CloudEvent event) {
    String name = digest + "\n" + event.source() + "\n" + event.id();
    return "ev-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
