package io.signalbox.runtime.quota;

import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Whether a call fits into one budget. Pure. */
final class Fitting {
  /** When to ask again where nobody can know when there will be room. */
  private static final Duration SOMETIME = Duration.ofSeconds(60);

  private static final Duration SOON = Duration.ofSeconds(1);

  private Fitting() {}

  /** Why it does not fit, and when that may be different. */
  record No(String why, Duration retryAfter) {}

  static Optional<No> objection(
      Budget budget, CounterId id, Counter counter, Amounts most, Instant now) {
    Amounts then = counter.drawn().plus(most);
    Duration later =
        budget
            .period()
            .map(it -> Duration.between(now, CounterId.start(it, now).plus(it)))
            .orElse(SOMETIME);
    return over(budget.calls(), then.calls(), "calls", budget, later)
        .or(() -> over(budget.tokens(), then.tokens(), "tokens", budget, later))
        .or(() -> over(budget.costMicros(), then.costMicros(), "millionths", budget, later))
        .or(() -> over(budget.time().map(Duration::toMillis), then.millis(), "ms", budget, later))
        .or(() -> budget.rate().flatMap(it -> tooFast(budget, it, counter, now)))
        .or(() -> tooMany(budget, counter, now));
  }

  private static Optional<No> over(
      Optional<Long> limit, long then, String unit, Budget budget, Duration later) {
    return limit
        .filter(most -> then > most)
        .map(
            most ->
                new No(
                    String.format(
                        Locale.ROOT,
                        "budget %s has %d %s%s, and with this call it would be %d",
                        budget.name(),
                        most,
                        unit,
                        budget.period().map(p -> " per " + p).orElse(""),
                        then),
                    later));
  }

  /** When the counter will have recovered from one more call. */
  static Instant recovered(Budget.Rate rate, Counter counter, Instant now) {
    Instant from = counter.recovered().filter(it -> it.isAfter(now)).orElse(now);
    return from.plusNanos(rate.interval());
  }

  private static Optional<No> tooFast(
      Budget budget, Budget.Rate rate, Counter counter, Instant now) {
    Instant room = now.plusNanos(rate.interval() * rate.burst());
    Instant then = recovered(rate, counter, now);
    return then.isAfter(room)
        ? Optional.of(
            new No(
                "budget %s allows %d calls per %s"
                    .formatted(budget.name(), rate.calls(), rate.per()),
                Duration.between(room, then)))
        : Optional.empty();
  }

  private static Optional<No> tooMany(Budget budget, Counter counter, Instant now) {
    return budget
        .concurrency()
        // most calls of a limit that is not reached need no counting
        .filter(most -> counter.places().size() >= most && counter.underWay(now) >= most)
        .map(
            most ->
                new No("budget %s allows %d calls at once".formatted(budget.name(), most), SOON));
  }
}
