package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;

/** Durations of the DSL: ISO 8601 text, or an object of days to milliseconds. */
final class Durations {
  private Durations() {}

  /**
   * Reads an evaluated duration.
   *
   * @throws IllegalArgumentException when it is neither form
   */
  static Duration of(JsonNode node) {
    if (node.isTextual()) {
      return text(node.textValue());
    }
    if (node.isObject()) {
      return Duration.ofDays(node.path("days").asLong())
          .plusHours(node.path("hours").asLong())
          .plusMinutes(node.path("minutes").asLong())
          .plusSeconds(node.path("seconds").asLong())
          .plusMillis(node.path("milliseconds").asLong());
    }
    throw new IllegalArgumentException("not a duration: " + node);
  }

  private static Duration text(String text) {
    try {
      int time = text.indexOf('T');
      if (time < 0) {
        return Duration.ofDays(days(text));
      }
      if (time == 1) {
        return Duration.parse(text);
      }
      return Duration.ofDays(days(text.substring(0, time)))
          .plus(Duration.parse("P" + text.substring(time)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an ISO 8601 duration: " + text, e);
    }
  }

  private static long days(String text) {
    Period period = Period.parse(text);
    return period.getYears() * 365L + period.getMonths() * 30L + period.getDays();
  }
}
