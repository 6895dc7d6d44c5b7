package io.signalbox.runtime.view;

import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.run.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When an entity wants to be looked at again though nothing arrives. */
final class WakeProjection {
  /**
   * A busy session waits for a model or a tool, and is told when they answer; looking earlier would
   * only disturb it. After a crash it is looked at at once all the same.
   */
  static final Duration SESSION_PATIENCE = Duration.ofSeconds(30);

  private WakeProjection() {}

  /**
   * @param seenAt the journal's sequence number of the entity's last row
   * @param due absent when nothing is to be done
   */
  record Wake(String kind, String entityId, long seenAt, Optional<Instant> due) {}

  static Wake of(String entityId, long sequenceNumber, Turn turn) {
    // an ended run may still have child runs to end, and then says when to look again
    return new Wake("run", entityId, sequenceNumber, turn.due());
  }

  static Wake of(String entityId, long sequenceNumber, SessionTurn turn) {
    Optional<Instant> due =
        turn.busy() ? Optional.of(turn.at().plus(SESSION_PATIENCE)) : Optional.empty();
    return new Wake("session", entityId, sequenceNumber, due);
  }
}
