package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Retry;
import java.time.Duration;
import java.util.function.Function;

/** How long a retry policy waits before a retry, without jitter. */
final class Delays {
  /** The longest duration of the DSL that is read; no delay grows beyond it. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private Delays() {}

  /**
   * The delay before a retry.
   *
   * @param attempt counts retries from 1
   * @param durations reads a duration of the policy
   */
  static Duration before(int attempt, Retry policy, Function<JsonNode, Duration> durations) {
    Duration first = policy.delay().map(durations).orElse(Duration.ZERO);
    Duration most = policy.growth().maxDelay().map(durations).orElse(LONGEST);
    double millis =
        switch (policy.backoff()) {
          case CONSTANT -> first.toMillis();
          case LINEAR ->
              first.toMillis()
                  + (double) policy.growth().increment().map(durations).orElse(first).toMillis()
                      * (attempt - 1);
          case EXPONENTIAL ->
              first.toMillis() * Math.pow(policy.growth().factor().orElse(2.0), attempt - 1);
        };
    return Duration.ofMillis((long) Math.min(millis, (double) most.toMillis()));
  }
}
