package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Checking;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.pcollections.PMap;

/**
 * Keeps large values out of a run's journal and its resting state: fetches them before a decision,
 * which sees values only, and puts claims in their place in what was decided (decision 11). A run
 * that never met a large value pays a comparison of sizes a turn and nothing else.
 */
@SuppressWarnings("ReferenceEquality") // of a state that did not change nothing is fetched again
final class RunClaims {
  /** Beyond so many values at hand all are let go; the node's cache still has the last ones. */
  private static final int MOST = 64;

  private final String tenant;
  private final Blobs blobs;
  private final Map<Claim, JsonNode> atHand = new HashMap<>();
  private final IdentityHashMap<JsonNode, Claim> known = new IdentityHashMap<>();
  private Optional<Whole> whole = Optional.empty();

  /** A state with its claims, and the same with values. */
  private record Whole(RunState resting, RunState state) {}

  /** A row ready to be journalled, once {@code keep} is stored. */
  record Written(JournalRow<Turn> row, Set<Blob> keep) {}

  RunClaims(String tenant, Blobs blobs) {
    this.tenant = tenant;
    this.blobs = blobs;
  }

  /** What has to be fetched before these stimuli can be decided; none where all is at hand. */
  Set<Claim> missing(RunEntity.Kept kept, List<Stimulus> stimuli) {
    Set<Claim> wanted = new HashSet<>();
    stimuli.forEach(stimulus -> wanted.addAll(Checking.claims(stimulus)));
    if (kept.claimed() && !holds(kept.state())) {
      wanted.addAll(Checking.claims(kept.state()));
      kept.state().live().values().forEach(a -> wanted.addAll(Checking.claims(a)));
      kept.state().tools().values().forEach(tool -> wanted.addAll(Checking.claims(tool)));
    }
    wanted.removeAll(atHand.keySet());
    return wanted;
  }

  CompletionStage<Map<Claim, JsonNode>> fetch(Set<Claim> claims) {
    return blobs.fetch(tenant, claims);
  }

  CompletionStage<?> keep(Set<Blob> values) {
    return blobs.keep(tenant, values);
  }

  /** These values are at hand from now on. */
  void take(Map<Claim, JsonNode> values) {
    values.forEach(
        (claim, value) -> {
          atHand.put(claim, value);
          known.put(value, claim);
        });
  }

  /** The state with values only. */
  RunState whole(RunEntity.Kept kept) {
    if (!kept.claimed()) {
      return kept.state();
    }
    if (holds(kept.state())) {
      return whole.orElseThrow().state();
    }
    RunState state = Checking.out(kept.state(), atHand);
    PMap<Long, Activation> live = state.live();
    for (Activation a : state.live().values()) {
      live = live.plus(a.id(), Checking.out(a, atHand));
    }
    PMap<String, ToolDefinition> tools = state.tools();
    for (Map.Entry<String, ToolDefinition> tool : state.tools().entrySet()) {
      tools = tools.plus(tool.getKey(), Checking.out(tool.getValue(), atHand));
    }
    return new RunState(
        state.phase(),
        state.begun(),
        state.context(),
        live,
        state.nextSeq(),
        state.usage(),
        tools);
  }

  private boolean holds(RunState resting) {
    return whole.map(it -> it.resting() == resting).orElse(false);
  }

  /** The stimulus with values only. */
  Stimulus whole(Stimulus stimulus) {
    return Checking.out(stimulus, atHand);
  }

  /** The turn with claims in place of large values. */
  Written written(Turn turn) {
    if (known.isEmpty()) {
      JournalRow<Turn> plain = JournalRow.of(turn);
      if (plain.size() <= blobs.limit()) {
        return new Written(plain, Set.of());
      }
    }
    Checking.Checked<List<Fact>> checked = Checking.in(turn.facts(), blobs.limit(), known);
    Set<Claim> claims = Checking.claims(checked.value());
    if (claims.isEmpty()) {
      return new Written(JournalRow.of(turn), Set.of());
    }
    Turn light =
        new Turn(
            turn.firstSeq(),
            turn.at(),
            turn.previous(),
            checked.value(),
            turn.status(),
            turn.due(),
            Optional.of(claims.stream().map(Claim::digest).sorted().toList()));
    return new Written(JournalRow.of(light), checked.blobs());
  }

  /** Values just kept need not be fetched for the next decision. */
  void kept(Set<Blob> values) {
    values.forEach(
        blob -> {
          atHand.put(blob.claim(), blob.value());
          known.put(blob.value(), blob.claim());
        });
  }

  /** The turn is stored: {@code decided} is what it left, with values, of the state with claims. */
  void stored(RunEntity.Kept kept, RunState decided, boolean resting) {
    whole = kept.claimed() ? Optional.of(new Whole(kept.state(), decided)) : Optional.empty();
    if (resting || known.size() > MOST) {
      rest();
    }
  }

  /** Lets go of all values. */
  void rest() {
    whole = Optional.empty();
    atHand.clear();
    known.clear();
  }
}
