package io.signalbox.agents.hands.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /** The same with one header set, or replaced. */
  public Ask with(String header, String value) {
    var more = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(header, List.of(value));
    return new Ask(method, uri, more, body, effect);
  }

  public static Ask get(URI uri, Map<String, List<String>> headers) {
    return new Ask("GET", uri, headers, Optional.empty(), false);
  }
}
