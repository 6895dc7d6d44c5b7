package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Values as segments of an address: they can never climb out of their place. */
public final class Segments {
  private Segments() {}

  /** {@code /a/b%20c} of "a" and "b c". */
  public static String path(Object... values) throws Setback {
    var segments = new ArrayList<String>();
    for (var value : values) {
      segments.add(encode(value.toString()));
    }
    return "/" + String.join("/", segments);
  }

  /** One value as a segment. */
  public static String encode(String value) throws Setback {
    if (value.isEmpty() || value.equals(".") || value.equals("..")) {
      throw Setback.invalid("'" + value + "' cannot be part of an address");
    }
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
