package io.signalbox.protocol.agent;

import io.signalbox.protocol.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One journal row of a session.
 *
 * @param previous hex SHA-256 of the stored bytes of the turn before; empty text for the first
 * @param busy whether the session wants to be looked at again though nothing arrives
 * @param claims digests of the large values that the facts refer to (decision 11); absent where
 *     they refer to none
 */
public record SessionTurn(
    Instant at,
    String previous,
    List<SessionFact> facts,
    boolean busy,
    Optional<List<String>> claims)
    implements Stored {
  public SessionTurn {
    facts = List.copyOf(facts);
    claims = claims.map(List::copyOf);
  }

  /** A turn whose facts hold all their values themselves. */
  public SessionTurn(Instant at, String previous, List<SessionFact> facts, boolean busy) {
    this(at, previous, facts, busy, Optional.empty());
  }
}
