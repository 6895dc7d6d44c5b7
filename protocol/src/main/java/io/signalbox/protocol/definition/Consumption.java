package io.signalbox.protocol.definition;

import java.util.List;
import java.util.Optional;

/**
 * Which events are consumed, and until when (DSL reference, "Event Consumption Strategy").
 *
 * @param filters never empty: {@code any: []} is the one filter that takes every event
 * @param untilHolds a condition on the array of what has been consumed so far
 * @param untilHeard events that end it, and are no part of what was consumed
 */
public record Consumption(
    Mode mode,
    List<EventFilter> filters,
    Optional<String> untilHolds,
    Optional<Consumption> untilHeard) {
  public Consumption {
    filters = List.copyOf(filters);
  }

  /** How many of the events are wanted. */
  public enum Mode {
    /** One event of the one filter. */
    ONE,
    /** One event of any filter, or with {@code until} as many as come before that. */
    ANY,
    /** One event of each filter. */
    ALL
  }

  /** One event that this filter takes. */
  public static Consumption one(EventFilter filter) {
    return new Consumption(Mode.ONE, List.of(filter), Optional.empty(), Optional.empty());
  }

  /** Whether a single event ends it. */
  public boolean single() {
    return mode == Mode.ONE
        || (mode == Mode.ANY && untilHolds.isEmpty() && untilHeard.isEmpty())
        || (mode == Mode.ALL && filters.size() == 1);
  }
}
