package io.signalbox.agents.hands.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * One HTTP request.
 *
 * @param effect whether it changes something over there, so that losing its answer leaves the
 *     outcome unknown
 */
public record Ask(
    String method,
    URI uri,
    Map<String, List<String>> headers,
    Optional<ByteString> body,
    boolean effect) {
  public Ask {
    headers = Map.copyOf(headers);
  }

  static Ask get(URI uri, Map<String, List<String>> headers) {
    return new Ask("GET", uri, headers, Optional.empty(), false);
  }
}
