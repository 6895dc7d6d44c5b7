package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A retry policy of the DSL; durations are objects, ISO 8601 texts or expressions.
 *
 * @param maxDuration no retry begins later than this after the first try
 * @param attemptDuration a retry that takes longer is given up with a timeout error
 * @param maxAttempts retries after the first try; absent means no limit by count
 */
public record Retry(
    Optional<String> when,
    Optional<String> exceptWhen,
    Optional<JsonNode> delay,
    Backoff backoff,
    Growth growth,
    Optional<Integer> maxAttempts,
    Optional<JsonNode> maxDuration,
    Optional<JsonNode> attemptDuration,
    Optional<JsonNode> jitterFrom,
    Optional<JsonNode> jitterTo) {
  /**
   * Parameters of a backoff, which the DSL leaves to the runtime.
   *
   * @param increment what a linear backoff adds each time; the delay itself when absent
   * @param factor what an exponential backoff multiplies by each time; 2 when absent
   * @param maxDelay the delay never grows beyond it
   */
  public record Growth(
      Optional<JsonNode> increment, Optional<Double> factor, Optional<JsonNode> maxDelay) {
    public static final Growth STANDARD =
        new Growth(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** How the delay grows from one retry to the next. */
  public enum Backoff {
    CONSTANT,
    LINEAR,
    EXPONENTIAL
  }
}
