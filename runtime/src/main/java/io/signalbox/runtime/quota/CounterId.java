package io.signalbox.runtime.quota;

import io.signalbox.protocol.quota.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which counter of which budget.
 *
 * @param value the values that are counted separately, or empty
 * @param since when the period began, or empty
 */
record CounterId(String budget, String value, String since) {
  private static final String BETWEEN = "\u001f";

  /** The counter in which a call with this path counts at this moment. */
  static CounterId of(Budget budget, Map<String, String> path, Instant now) {
    String value =
        Budget.DIMENSIONS.stream()
            .filter(it -> Budget.EACH.equals(budget.scope().get(it)))
            .map(it -> path.getOrDefault(it, ""))
            .collect(Collectors.joining(","));
    return new CounterId(
        budget.name(), value, budget.period().map(it -> start(it, now).toString()).orElse(""));
  }

  static CounterId of(String id) {
    String[] parts = id.split(BETWEEN, -1);
    return new CounterId(parts[0], parts[1], parts[2]);
  }

  String text() {
    return String.join(BETWEEN, budget, value, since);
  }

  Optional<Instant> began() {
    return since.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(since));
  }

  /** Periods follow one another without gaps from the beginning of 1970. */
  static Instant start(Duration period, Instant now) {
    long length = Math.max(1, period.toMillis());
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
  }
}
