package io.signalbox.protocol.audit;

import io.signalbox.protocol.Stored;
import java.time.Instant;
import java.util.List;

/**
 * One journal row of a gate: what had arrived while the row before was being written.
 *
 * @param previous hex SHA-256 of the stored bytes of the row before; empty text for the first
 */
public record GateTurn(Instant at, String previous, List<GateFact> facts) implements Stored {
  public GateTurn {
    facts = List.copyOf(facts);
  }
}
