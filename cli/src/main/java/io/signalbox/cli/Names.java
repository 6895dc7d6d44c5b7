package io.signalbox.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names given by people, on their way into an address. */
final class Names {
  private Names() {}

  /** As one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
