package io.signalbox.agents.hands.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/**
 * An HTTP call, ready to be made.
 *
 * @param secretHeaders names of headers that results must not show, besides the usual ones
 * @param redirect whether to follow redirects; otherwise a 3xx is a failure
 */
record HttpCall(
    String method,
    URI uri,
    Map<String, List<String>> headers,
    Set<String> secretHeaders,
    Optional<ByteString> body,
    Output output,
    boolean redirect,
    boolean effect) {
  /** What the caller wants of the response. */
  enum Output {
    CONTENT,
    RESPONSE,
    RAW
  }

  HttpCall {
    headers = Map.copyOf(headers);
    secretHeaders = Set.copyOf(secretHeaders);
  }

  Ask ask() {
    return new Ask(method, uri, headers, body, effect);
  }
}
