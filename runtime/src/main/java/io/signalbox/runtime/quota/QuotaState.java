package io.signalbox.runtime.quota;

import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.QuotaFact;
import io.signalbox.protocol.quota.QuotaTurn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * A tenant's counters and the calls that count in them, as the fold of its facts. Pure and total.
 *
 * @param calls by key: those under way, and for a while those that ended, so that asking again does
 *     not count again
 */
public record QuotaState(Map<String, Counter> counters, Map<String, Charge> calls) {
  static final QuotaState EMPTY = new QuotaState(HashTreePMap.empty(), HashTreePMap.empty());

  public QuotaState {
    counters = persistent(counters);
    calls = persistent(calls);
  }

  /** How far a call has come. */
  enum Stage {
    OPEN,
    MADE,
    UNKNOWN
  }

  /** One call that was granted. */
  record Charge(Amounts most, List<String> counters, Stage stage, Instant at) {
    Charge {
      counters = List.copyOf(counters);
    }
  }

  private static <V> PMap<String, V> persistent(Map<String, V> map) {
    return map instanceof PMap<String, V> already ? already : HashTreePMap.from(map);
  }

  QuotaState after(QuotaTurn turn) {
    QuotaState state = this;
    for (QuotaFact fact : turn.facts()) {
      state = state.after(fact, turn.at());
    }
    return state;
  }

  QuotaState after(QuotaFact fact, Instant at) {
    return switch (fact) {
      case QuotaFact.Reserved f -> reserve(f, at);
      case QuotaFact.Settled f -> end(f.key(), Optional.of(f.actual()), Stage.MADE, at);
      case QuotaFact.Kept f -> end(f.key(), Optional.empty(), Stage.UNKNOWN, at);
      case QuotaFact.Returned f -> giveBack(f.key());
      case QuotaFact.Dropped f -> drop(f.budget());
      case QuotaFact.Swept f -> sweep(f, at);
    };
  }

  private QuotaState reserve(QuotaFact.Reserved f, Instant at) {
    PMap<String, Counter> next = persistent(counters);
    for (String id : f.counters()) {
      next =
          next.plus(
              id,
              counter(id)
                  .reserve(
                      f.key(),
                      f.most(),
                      Optional.ofNullable(f.rates().get(id)),
                      f.places().contains(id) ? Optional.of(f.until()) : Optional.empty()));
    }
    return new QuotaState(
        next, persistent(calls).plus(f.key(), new Charge(f.most(), f.counters(), Stage.OPEN, at)));
  }

  /** Without {@code drawn} all that was reserved stays counted. */
  private QuotaState end(String key, Optional<Amounts> drawn, Stage stage, Instant at) {
    Charge charge = calls.get(key);
    if (charge == null) {
      return this;
    }
    PMap<String, Counter> next = persistent(counters);
    if (charge.stage() == Stage.OPEN) {
      for (String id : charge.counters()) {
        // a counter that was dropped meanwhile counts nothing any more
        if (counters.containsKey(id)) {
          next = next.plus(id, counter(id).end(key, charge.most(), drawn.orElse(charge.most())));
        }
      }
    }
    return new QuotaState(
        next, persistent(calls).plus(key, new Charge(charge.most(), charge.counters(), stage, at)));
  }

  private QuotaState giveBack(String key) {
    Charge charge = calls.get(key);
    if (charge == null) {
      return this;
    }
    PMap<String, Counter> next = persistent(counters);
    for (String id : charge.counters()) {
      if (!counters.containsKey(id)) {
        continue;
      }
      Counter counter = counter(id);
      next =
          next.plus(
              id,
              charge.stage() == Stage.OPEN
                  ? counter.end(key, charge.most(), Amounts.NONE)
                  : counter.credit(charge.most()));
    }
    return new QuotaState(next, persistent(calls).minus(key));
  }

  private QuotaState drop(String budget) {
    PMap<String, Counter> next = persistent(counters);
    for (String id : counters.keySet()) {
      if (CounterId.of(id).budget().equals(budget)) {
        next = next.minus(id);
      }
    }
    return new QuotaState(next, calls);
  }

  private QuotaState sweep(QuotaFact.Swept f, Instant at) {
    PMap<String, Counter> left = persistent(counters).minusAll(f.counters());
    for (Map.Entry<String, Counter> it : left.entrySet()) {
      if (!it.getValue().places().isEmpty()) {
        left = left.plus(it.getKey(), it.getValue().swept(at));
      }
    }
    PMap<String, Charge> remembered = persistent(calls);
    for (Map.Entry<String, Charge> it : calls.entrySet()) {
      if (it.getValue().at().isBefore(f.before()) && it.getValue().stage() != Stage.OPEN) {
        remembered = remembered.minus(it.getKey());
      }
    }
    return new QuotaState(left, remembered);
  }

  Counter counter(String id) {
    return counters.getOrDefault(id, Counter.NEW);
  }
}
