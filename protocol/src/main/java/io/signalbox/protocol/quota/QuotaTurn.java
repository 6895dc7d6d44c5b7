package io.signalbox.protocol.quota;

import io.signalbox.protocol.Stored;
import java.time.Instant;
import java.util.List;

/**
 * One journal row of a tenant's quotas: everything that was decided together.
 *
 * @param previous hex SHA-256 of the stored bytes of the turn before; empty text for the first
 */
public record QuotaTurn(Instant at, String previous, List<QuotaFact> facts) implements Stored {
  public QuotaTurn {
    facts = List.copyOf(facts);
  }
}
