package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Query parameters with a form, and the shape of lists. */
public final class Pages {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private Pages() {}

  public static int limit(Call call) {
    return (int) number(call, "limit", USUAL, 1, MOST);
  }

  public static Optional<String> cursor(Call call) {
    return call.query("cursor");
  }

  public static long number(Call call, String name, long otherwise, long least, long most) {
    Optional<String> text = call.query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // answered below together with numbers out of range
    }
    throw Problem.invalid(
        "query parameter " + name + " must be a whole number from " + least + " to " + most);
  }

  public static Optional<Instant> time(Call call, String name) {
    return call.query(name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeException _) {
                throw Problem.invalid(
                    "query parameter "
                        + name
                        + " must be an RFC 3339 time such as 2026-01-31T12:00:00Z");
              }
            });
  }

  /** A duration that is cut to {@code most}. */
  public static Optional<Duration> duration(Call call, String name, Duration most) {
    return call.query(name)
        .map(
            text -> {
              try {
                Duration asked = Duration.parse(text);
                if (!asked.isNegative()) {
                  return asked.compareTo(most) > 0 ? most : asked;
                }
              } catch (DateTimeException _) {
                // answered below together with negative durations
              }
              throw Problem.invalid(
                  "query parameter " + name + " must be an ISO 8601 duration such as PT30S");
            });
  }

  /** One of the given words, or a fault that lists them. */
  public static Optional<String> choice(Call call, String name, List<String> words) {
    Optional<String> given = call.query(name);
    if (given.isPresent() && !words.contains(given.get())) {
      throw Problem.invalid("query parameter " + name + " must be one of " + words);
    }
    return given;
  }

  public static Answer.Document page(List<? extends JsonNode> items, Optional<String> nextCursor) {
    ObjectNode page = Json.object();
    ArrayNode array = page.putArray("items");
    items.forEach(array::add);
    nextCursor.ifPresent(cursor -> page.put("nextCursor", cursor));
    return Answer.ok(page);
  }
}
