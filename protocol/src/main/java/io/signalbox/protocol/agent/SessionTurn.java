package io.signalbox.protocol.agent;

import io.signalbox.protocol.Stored;
import java.time.Instant;
import java.util.List;

/**
 * One journal row of a session.
 *
 * @param previous hex SHA-256 of the stored bytes of the turn before; empty text for the first
 * @param busy whether the session wants to be looked at again though nothing arrives
 */
public record SessionTurn(Instant at, String previous, List<SessionFact> facts, boolean busy)
    implements Stored {
  public SessionTurn {
    facts = List.copyOf(facts);
  }
}
