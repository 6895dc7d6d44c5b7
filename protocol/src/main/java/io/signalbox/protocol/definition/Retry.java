package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A retry policy of the DSL; durations are objects, ISO 8601 texts or expressions.
 *
 * @param maxAttempts retries after the first try; absent means no limit by count
 */
public record Retry(
    Optional<String> when,
    Optional<String> exceptWhen,
    Optional<JsonNode> delay,
    Backoff backoff,
    Optional<Integer> maxAttempts,
    Optional<JsonNode> maxDuration,
    Optional<JsonNode> jitterFrom,
    Optional<JsonNode> jitterTo) {
  /** How the delay grows from one retry to the next. */
  public enum Backoff {
    CONSTANT,
    LINEAR,
    EXPONENTIAL
  }
}
