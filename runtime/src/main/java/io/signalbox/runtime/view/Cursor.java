package io.signalbox.runtime.view;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** Where a page of a list ended, newest first: the last item's time and id. Opaque to clients. */
record Cursor(Instant at, String id) {
  String text() {
    String plain = ChronoUnit.MICROS.between(Instant.EPOCH, at) + " " + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Throws {@link BadQuery} where the text is none of ours. */
  static Cursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int space = plain.indexOf(' ');
      long micros = Long.parseLong(plain, 0, Math.max(space, 0), 10);
      return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), plain.substring(space + 1));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw BadQuery.of(
          "/cursor", "is not a cursor of this list; leave it out to start at the newest", e);
    }
  }
}
