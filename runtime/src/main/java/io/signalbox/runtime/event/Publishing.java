package io.signalbox.runtime.event;

import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.runtime.event.Inbox.Arrival;
import io.signalbox.runtime.event.Inbox.Name;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of publications, many in one transaction. */
final class Publishing {
  private Publishing() {}

  /**
   * Committed with it.
   *
   * @param fresh for each publication, how many of its events had not been seen before
   * @param deliveries to begin with; more may lie in the table, due at once
   * @param more whether they do
   */
  record Published(List<Integer> fresh, List<Delivery> deliveries, boolean more) {}

  static Published publish(
      Connection c,
      List<EventCommand.Publish> publications,
      Map<String, List<Scheduled>> scheduled,
      Instant now,
      EventSettings settings)
      throws SQLException {
    List<Arrival> arrivals = new ArrayList<>();
    for (EventCommand.Publish p : publications) {
      p.events().forEach(event -> arrivals.add(new Arrival(p.tenant(), event)));
    }
    if (settings.lateSubscribers()) {
      LateSubscribers.publishing(
          c, arrivals.stream().map(Arrival::tenant).distinct().sorted().toList());
    }
    List<Arrival> kept = Inbox.keep(c, arrivals);
    Deliverer deliverer = new Deliverer(c, now, settings);
    deliverer.take(Starts.find(c, kept, scheduled));
    Listeners.find(c, kept, deliverer::take);
    return new Published(fresh(publications, kept), deliverer.first, deliverer.more);
  }

  private static List<Integer> fresh(List<EventCommand.Publish> publications, List<Arrival> kept) {
    Set<Name> names = new HashSet<>();
    kept.forEach(it -> names.add(it.name()));
    List<Integer> fresh = new ArrayList<>();
    for (EventCommand.Publish p : publications) {
      int count = 0;
      for (CloudEvent event : p.events()) {
        // the first to bring it is the one that counts
        count += names.remove(new Arrival(p.tenant(), event).name()) ? 1 : 0;
      }
      fresh.add(count);
    }
    return fresh;
  }

  /** Notes deliveries; those that fit are begun from memory, the others are found in the table. */
  private static final class Deliverer {
    private final Connection c;
    private final Instant now;
    private final EventSettings settings;
    private final List<Delivery> first = new ArrayList<>();
    private boolean more;

    Deliverer(Connection c, Instant now, EventSettings settings) {
      this.c = c;
      this.now = now;
      this.settings = settings;
    }

    void take(List<Delivery> part) throws SQLException {
      int room = Math.max(0, settings.deliveriesHeld() - first.size());
      List<Delivery> held = part.subList(0, Math.min(room, part.size()));
      List<Delivery> left = part.subList(held.size(), part.size());
      first.addAll(held);
      Deliveries.note(c, held, now.plus(settings.retryShortest()));
      Deliveries.note(c, left, now);
      more |= !left.isEmpty();
    }
  }
}
