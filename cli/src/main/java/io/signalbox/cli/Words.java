package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values as people read them. */
public final class Words {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private Words() {}

  /** {@code 14:03:22.118}; a time that cannot be read stays as it is. */
  public static String clock(String time) {
    return formatted(CLOCK, time);
  }

  static String day(String time) {
    return formatted(MINUTE, time);
  }

  /** {@code 1.2 s}, {@code 3 min}, {@code 2 h}. */
  static String between(String from, String to) {
    try {
      Duration time =
          Duration.between(Instant.parse(from), to.isEmpty() ? Instant.now() : Instant.parse(to));
      if (time.compareTo(Duration.ofMinutes(2)) < 0) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
      }
      return time.compareTo(Duration.ofHours(2)) < 0
          ? time.toMinutes() + " min"
          : time.toHours() + " h";
    } catch (DateTimeException odd) {
      return "";
    }
  }

  /** At most so many characters, on one line. */
  public static String shortened(String text, int most) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  /** The texts of an array. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** The name of a task: the last part of its pointer. */
  public static String task(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static String formatted(DateTimeFormatter format, String time) {
    try {
      return format.format(Instant.parse(time));
    } catch (DateTimeException odd) {
      return time;
    }
  }
}
