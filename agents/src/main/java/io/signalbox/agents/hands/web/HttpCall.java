package io.signalbox.agents.hands.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * An HTTP call, ready to be made.
 *
 * @param redirect whether to follow redirects; otherwise a 3xx is a failure
 */
record HttpCall(
    String method,
    URI uri,
    Map<String, List<String>> headers,
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
  }

  Ask ask() {
    return new Ask(method, uri, headers, body, effect);
  }
}
