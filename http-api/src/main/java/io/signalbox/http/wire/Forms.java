package io.signalbox.http.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded}. */
public final class Forms {
  private static final int MOST = 100;

  private Forms() {}

  /** The fields by name; of several of one name the last. */
  public static Map<String, String> read(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", MOST)) {
      int is = pair.indexOf('=');
      if (is > 0) {
        form.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.malformed("the form is not percent-encoded: " + e.getMessage());
    }
  }
}
