package io.signalbox.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The query of an address, built up part by part. */
record Query(String text) {
  static Query none() {
    return new Query("");
  }

  Query with(String name, Optional<String> value) {
    if (value.isEmpty()) {
      return this;
    }
    String pair = name + "=" + URLEncoder.encode(value.get(), StandardCharsets.UTF_8);
    return new Query(text.isEmpty() ? "?" + pair : text + "&" + pair);
  }
}
