package io.signalbox.agents.hands.kit;

import java.net.URI;
import java.util.Optional;

/** A service's address from the configuration; an empty text means that it is not set up. */
public final class BaseUrl {
  private BaseUrl() {}

  public static Optional<URI> read(String key, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    var uri = URI.create(text.strip());
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(key + " is not an http or https address: " + text);
    }
    return Optional.of(uri);
  }
}
