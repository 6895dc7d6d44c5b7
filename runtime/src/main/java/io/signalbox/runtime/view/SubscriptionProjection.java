package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Heard;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.event.Subscriptions;
import io.signalbox.runtime.event.Subscriptions.Wish;
import io.signalbox.runtime.run.Subscribed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the table of who listens as the journal says: all of a batch in two statements. */
final class SubscriptionProjection {
  private final Connection connection;
  private final Map<String, Wish> begun = new LinkedHashMap<>();
  private final List<Wish> ended = new ArrayList<>();

  SubscriptionProjection(Connection connection) {
    this.connection = connection;
  }

  void apply(RunId run, Turn turn) {
    for (Fact fact : turn.facts()) {
      switch (fact) {
        case Fact.ListenStarted f ->
            begun.put(
                run.tenant() + "|" + f.subscription(),
                new Wish(run, f.subscription(), Subscribed.to(f)));
        case Fact.EventReceived f when f.heard().map(Heard::last).orElse(true) -> drop(run, f.id());
        case Fact.EventProcessed f when f.last() -> drop(run, f.id());
        case Fact.TaskCancelled f -> drop(run, f.id());
        case Fact.TaskFaulted f -> drop(run, f.id());
        default -> {} // no other fact begins or ends listening
      }
    }
  }

  /** Writes what has come together. */
  void store() throws SQLException {
    if (!ended.isEmpty()) {
      Subscriptions.replace(connection, ended);
    }
    Subscriptions.add(connection, List.copyOf(begun.values()));
  }

  private void drop(RunId run, long id) {
    String subscription = run.id() + "-" + id;
    begun.remove(run.tenant() + "|" + subscription);
    ended.add(new Wish(run, subscription, List.of()));
  }
}
