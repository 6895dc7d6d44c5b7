package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Usage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.pcollections.HashTreePMap;

/**
 * A run's state in the form it is kept in snapshots.
 *
 * @param head digest of the last row the state includes
 * @param claimed whether large values are kept apart, as {@link RunEntity.Kept} says
 */
public record RunSnapshot(
    Phase phase,
    Optional<Begun> begun,
    JsonNode context,
    List<Activation> live,
    long nextSeq,
    Usage usage,
    String head,
    boolean claimed) {
  public RunSnapshot {
    live = List.copyOf(live);
  }

  static RunSnapshot of(RunEntity.Kept kept) {
    RunState s = kept.state();
    return new RunSnapshot(
        s.phase(),
        s.begun(),
        s.context(),
        List.copyOf(new TreeMap<>(s.live()).values()),
        s.nextSeq(),
        s.usage(),
        kept.head(),
        kept.claimed());
  }

  RunEntity.Kept kept() {
    TreeMap<Long, Activation> byId = new TreeMap<>();
    live.forEach(a -> byId.put(a.id(), a));
    return new RunEntity.Kept(
        new RunState(phase, begun, context, HashTreePMap.from(byId), nextSeq, usage),
        head,
        claimed);
  }
}
