package io.signalbox.runtime.audit;

import io.signalbox.protocol.audit.GateFact;
import io.signalbox.protocol.audit.GateTurn;
import io.signalbox.protocol.journal.JournalRow;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a gate remembers of its journal.
 *
 * @param digest of the last row; empty text before the first
 * @param last ids of the notes in the last row, so that a write whose outcome was not learnt is not
 *     made twice
 */
public record GateState(String digest, Set<String> last) {
  static final GateState EMPTY = new GateState("", Set.of());

  public GateState {
    last = Set.copyOf(last);
  }

  private static String id(GateFact fact) {
    return switch (fact) {
      case GateFact.Noted noted -> noted.id();
    };
  }

  GateState after(JournalRow<GateTurn> row) {
    return new GateState(
        row.digest(),
        row.turn().facts().stream().map(GateState::id).collect(Collectors.toUnmodifiableSet()));
  }
}
