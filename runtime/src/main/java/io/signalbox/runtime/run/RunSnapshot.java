package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;
import java.util.Map;
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
    Optional<Map<String, ToolDefinition>> tools,
    String head,
    boolean claimed) {
  public RunSnapshot {
    live = List.copyOf(live);
    // absent from snapshots of before tools were kept apart
    tools = tools.map(Map::copyOf);
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
        Optional.of(s.tools()),
        kept.head(),
        kept.claimed());
  }

  RunEntity.Kept kept() {
    TreeMap<Long, Activation> byId = new TreeMap<>();
    live.forEach(a -> byId.put(a.id(), a));
    return new RunEntity.Kept(
        new RunState(
            phase,
            begun,
            context,
            HashTreePMap.from(byId),
            nextSeq,
            usage,
            HashTreePMap.from(tools.orElse(Map.of()))),
        head,
        claimed);
  }
}
