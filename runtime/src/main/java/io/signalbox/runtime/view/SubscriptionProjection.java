package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.event.Subscriptions;
import java.sql.Connection;
import java.sql.SQLException;

/** Keeps the table of who listens as the journal says. */
final class SubscriptionProjection {
  private final Connection connection;

  SubscriptionProjection(Connection connection) {
    this.connection = connection;
  }

  void apply(RunId run, Turn turn) throws SQLException {
    if (turn.copiedFrom().isPresent()) {
      return; // what the other run listened for
    }
    for (Fact fact : turn.facts()) {
      switch (fact) {
        case Fact.ListenStarted f ->
            Subscriptions.subscribe(connection, run, f.subscription(), f.filter());
        case Fact.EventReceived f -> drop(run, f.id());
        case Fact.TaskCancelled f -> drop(run, f.id());
        case Fact.TaskFaulted f -> drop(run, f.id());
        default -> {} // no other fact begins or ends listening
      }
    }
  }

  private void drop(RunId run, long id) throws SQLException {
    Subscriptions.unsubscribe(connection, run, run.id() + "-" + id);
  }
}
