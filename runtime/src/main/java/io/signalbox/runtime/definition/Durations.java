package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The DSL's durations: objects of whole days to milliseconds, or ISO 8601 texts. */
public final class Durations {
  static final Set<String> UNITS = Set.of("days", "hours", "minutes", "seconds", "milliseconds");
  static final String EXPECTED =
      "must be a duration: {minutes: 5} (whole days, hours, minutes, seconds, milliseconds), PT5M"
          + " (no years, months or weeks) or an expression; at most 3650 days";
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final long LARGEST = 1_000_000_000_000L;

  private Durations() {}

  /** The duration a value stands for; empty when it is none, negative or beyond ten years. */
  public static Optional<Duration> parse(JsonNode value) {
    return (value.isObject() ? ofUnits(value) : ofText(value))
        .filter(duration -> !duration.isNegative() && duration.compareTo(LONGEST) <= 0);
  }

  private static Optional<Duration> ofText(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.parse(value.textValue().strip()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> ofUnits(JsonNode value) {
    Duration sum = Duration.ZERO;
    for (Map.Entry<String, JsonNode> unit : value.properties()) {
      JsonNode amount = unit.getValue();
      if (!amount.isIntegralNumber()
          || !amount.canConvertToLong()
          || amount.longValue() < 0
          || amount.longValue() > LARGEST) {
        return Optional.empty();
      }
      long n = amount.longValue();
      switch (unit.getKey()) {
        case "days" -> sum = sum.plusDays(n);
        case "hours" -> sum = sum.plusHours(n);
        case "minutes" -> sum = sum.plusMinutes(n);
        case "seconds" -> sum = sum.plusSeconds(n);
        case "milliseconds" -> sum = sum.plusMillis(n);
        default -> {
          return Optional.empty();
        }
      }
    }
    return value.isEmpty() ? Optional.empty() : Optional.of(sum);
  }
}
