package io.signalbox.agents.hands.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When the other side wants to be asked again: seconds or an HTTP date. */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  public static Optional<Duration> of(Answer answer, Instant now) {
    return answer.headers().firstValue("retry-after").flatMap(text -> parse(text.strip(), now));
  }

  static Optional<Duration> parse(String text, Instant now) {
    try {
      if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
      }
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, date)));
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Never negative, and no service gets to park a run for longer than a day. */
  public static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
