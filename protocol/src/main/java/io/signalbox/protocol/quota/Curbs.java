package io.signalbox.protocol.quota;

import io.signalbox.protocol.freeze.Freeze;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds a tenant's calls back: its budgets and freezes, as they are now. */
public record Curbs(List<Budget> budgets, List<Freeze> freezes) {
  public static final Curbs NONE = new Curbs(List.of(), List.of());

  public Curbs {
    budgets = List.copyOf(budgets);
    freezes = List.copyOf(freezes);
  }

  /** Whether any budget counts a call with this path. */
  public boolean counts(Map<String, String> path) {
    return budgets.stream().anyMatch(budget -> budget.covers(path));
  }

  /** The freeze that covers the thing of that kind and name, if one does. */
  public Optional<Freeze> freeze(String kind, String name) {
    return freezes.stream().filter(it -> it.covers(kind, name)).findFirst();
  }
}
