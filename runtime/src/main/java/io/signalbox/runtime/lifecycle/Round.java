package io.signalbox.runtime.lifecycle;

import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.lifecycle.LifecycleEvents.Told;
import io.signalbox.runtime.lifecycle.LifecycleRows.Happened;
import io.signalbox.runtime.lifecycle.LifecycleRows.Next;
import io.signalbox.runtime.lifecycle.LifecycleRows.Place;
import io.signalbox.runtime.storage.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One look at what a sink has not been told, and the telling of it, up to the first event that it
 * does not take. Blocks; for virtual threads.
 *
 * @param skip events of the first row that it has taken before
 * @param giveUp the event that has been tried often enough
 */
record Round(
    Database database,
    LifecycleSettings settings,
    LifecycleSettings.Sink sink,
    Post post,
    String holder,
    int skip,
    Optional<String> giveUp) {

  /** What came of it. */
  sealed interface Result {
    /** Everything was told; {@code more} when there may be more at once. */
    record Told(boolean more) implements Result {}

    /** Another node tells this sink. */
    record NotOurs() implements Result {}

    /** The sink did not take this event; {@code skip} events of its row were taken before it. */
    record Refused(CloudEvent event, String why, boolean forGood, int skip) implements Result {}
  }

  Result go() throws SQLException, InterruptedException {
    boolean ours = database.now(c -> LifecycleRows.hold(c, sink.name(), holder, settings.lease()));
    if (!ours) {
      return new Result.NotOurs();
    }
    Next next = database.now(c -> LifecycleRows.next(c, sink.name(), settings.batch()));
    int skipping = skip;
    for (Happened row : next.rows()) {
      Optional<Result.Refused> refused = tell(row, skipping);
      if (refused.isPresent()) {
        return refused.get();
      }
      skipping = 0;
      if (!told(row.place())) {
        return new Result.NotOurs();
      }
    }
    boolean kept = next.behind().isEmpty() || told(next.behind().get());
    return kept ? new Result.Told(next.full()) : new Result.NotOurs();
  }

  private boolean told(Place place) throws SQLException {
    return database.now(c -> LifecycleRows.told(c, sink.name(), holder, place, settings.lease()));
  }

  private Optional<Result.Refused> tell(Happened row, int skipping)
      throws SQLException, InterruptedException {
    List<Told> events =
        LifecycleEvents.of(settings.source(), row.run(), row.workflow(), row.turn()).stream()
            .filter(it -> sink.wants(it.type()))
            .toList();
    for (int i = skipping; i < events.size(); i++) {
      CloudEvent event = events.get(i).event();
      Optional<Post.Refusal> refusal = post.send(sink, event);
      if (refusal.isPresent()) {
        boolean over = giveUp.map(event.id()::equals).orElse(false);
        if (!over && !refusal.get().forGood()) {
          return Optional.of(new Result.Refused(event, refusal.get().why(), false, i));
        }
        database.now(
            c -> {
              LifecycleRows.giveUp(c, sink.name(), event, refusal.get().why());
              return true;
            });
        return Optional.of(new Result.Refused(event, refusal.get().why(), true, i + 1));
      }
    }
    return Optional.empty();
  }
}
