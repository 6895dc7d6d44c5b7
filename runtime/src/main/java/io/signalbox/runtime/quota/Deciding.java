package io.signalbox.runtime.quota;

import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Bill;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.Limited;
import io.signalbox.protocol.quota.QuotaCommand.End;
import io.signalbox.protocol.quota.QuotaFact;
import io.signalbox.protocol.quota.QuotaReply;
import io.signalbox.runtime.quota.Fitting.No;
import io.signalbox.runtime.quota.QuotaState.Charge;
import io.signalbox.runtime.quota.QuotaState.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides a batch of requests, one after the other; each sees what the ones before it drew. */
final class Deciding {
  private final List<Budget> budgets;
  private final Bounds bounds;
  private final Instant now;
  private final List<QuotaFact> facts = new ArrayList<>();
  private QuotaState state;

  /**
   * How much is kept.
   *
   * @param counters at most; one more is refused
   */
  record Bounds(int counters, Duration remember) {}

  Deciding(List<Budget> budgets, Bounds bounds, QuotaState state, Instant now) {
    this.budgets = budgets;
    this.bounds = bounds;
    this.state = state;
    this.now = now;
  }

  List<QuotaFact> facts() {
    return List.copyOf(facts);
  }

  QuotaState state() {
    return state;
  }

  private void record(QuotaFact fact) {
    state = state.after(fact, now);
    facts.add(fact);
  }

  QuotaReply reserve(Bill bill, Instant until) {
    if (state.calls().containsKey(bill.key())) {
      return new QuotaReply.Granted(bill.key());
    }
    List<String> counters = new ArrayList<>();
    Map<String, Instant> rates = new HashMap<>();
    List<String> places = new ArrayList<>();
    for (Budget budget : budgets) {
      if (!budget.covers(bill.path())) {
        continue;
      }
      CounterId id = CounterId.of(budget, bill.path(), now);
      Counter counter = state.counter(id.text());
      Optional<No> no =
          Fitting.objection(budget, id, counter, bill.most(), now).or(() -> full(id.text()));
      if (no.isPresent()) {
        return new QuotaReply.Refused(
            new Limited("budget:" + budget.name(), budget.onLimit()),
            no.get().why(),
            no.get().retryAfter());
      }
      counters.add(id.text());
      budget.rate().ifPresent(it -> rates.put(id.text(), Fitting.recovered(it, counter, now)));
      if (budget.concurrency().isPresent()) {
        places.add(id.text());
      }
    }
    if (!counters.isEmpty()) {
      record(new QuotaFact.Reserved(bill.key(), bill.most(), counters, rates, places, until));
    }
    return new QuotaReply.Granted(bill.key());
  }

  /** Rather refused than not counted. */
  private Optional<No> full(String id) {
    return state.counters().containsKey(id) || state.counters().size() < bounds.counters()
        ? Optional.empty()
        : Optional.of(
            new No(
                "the tenant has %d counters already (signalbox.runtime.quota.counters)"
                    .formatted(bounds.counters()),
                Duration.ofSeconds(60)));
  }

  void settle(String key, End end, Optional<Amounts> actual) {
    Charge charge = state.calls().get(key);
    if (charge == null || charge.stage() == Stage.MADE) {
      return;
    }
    switch (end) {
      case DONE -> {
        if (charge.stage() == Stage.OPEN) {
          record(new QuotaFact.Settled(key, actual.orElse(charge.most())));
        }
      }
      case FAILED -> record(new QuotaFact.Returned(key));
      case UNKNOWN -> {
        if (charge.stage() == Stage.OPEN) {
          record(new QuotaFact.Kept(key));
        }
      }
    }
  }

  void drop(String budget) {
    if (state.counters().keySet().stream()
        .anyMatch(it -> CounterId.of(it).budget().equals(budget))) {
      record(new QuotaFact.Dropped(budget));
    }
  }

  /** Forgets what is over, so that a tenant's state stays small. */
  void sweep() {
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, Counter> it : state.counters().entrySet()) {
      CounterId id = CounterId.of(it.getKey());
      Optional<Budget> budget =
          budgets.stream().filter(b -> b.name().equals(id.budget())).findFirst();
      boolean past =
          id.began()
              .flatMap(began -> budget.flatMap(Budget::period).map(began::plus))
              .map(ended -> ended.plus(bounds.remember()).isBefore(now))
              .orElse(false);
      if (past && it.getValue().open() == 0) {
        over.add(it.getKey());
      }
    }
    // whoever made the call has died before it could say: it stays counted
    Instant lost = now.minus(bounds.remember().multipliedBy(24));
    state.calls().entrySet().stream()
        .filter(it -> it.getValue().stage() == Stage.OPEN && it.getValue().at().isBefore(lost))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(key -> record(new QuotaFact.Kept(key)));
    record(new QuotaFact.Swept(now.minus(bounds.remember()), over));
  }
}
