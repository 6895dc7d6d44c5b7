package io.signalbox.protocol.run;

import io.signalbox.protocol.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One journal row of a run: everything that one decision brought about.
 *
 * @param firstSeq history number of the first fact; facts count on by their width
 * @param at when it was decided
 * @param previous hex SHA-256 of the stored bytes of the turn before; empty text for the first
 * @param status of the run after this turn
 * @param due when the run wants to be looked at again though nothing arrives; absent when it waits
 *     purely on the outside or has ended
 * @param claims digests of the large values that the facts refer to (decision 11); absent where
 *     they refer to none
 */
public record Turn(
    long firstSeq,
    Instant at,
    String previous,
    List<Fact> facts,
    RunStatus status,
    Optional<Instant> due,
    Optional<List<String>> claims)
    implements Stored {
  public Turn {
    facts = List.copyOf(facts);
    claims = claims.map(List::copyOf);
  }

  /** A turn whose facts hold all their values themselves. */
  public Turn(
      long firstSeq,
      Instant at,
      String previous,
      List<Fact> facts,
      RunStatus status,
      Optional<Instant> due) {
    this(firstSeq, at, previous, facts, status, due, Optional.empty());
  }
}
