package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/**
 * An HTTP call, ready to be made.
 *
 * @param secretHeaders names of headers that results must not show and that stay with the call's
 *     own origin, besides the usual ones
 * @param secretBody whether the body holds a secret, and so stays with the call's own origin
 * @param redirect whether to follow redirects; otherwise a 3xx is a failure
 * @param effect whether it changes something over there
 */
public record HttpCall(
    String method,
    URI uri,
    Map<String, List<String>> headers,
    Set<String> secretHeaders,
    Optional<ByteString> body,
    Output output,
    boolean secretBody,
    boolean redirect,
    boolean effect) {
  /** What the caller wants of the response. */
  public enum Output {
    CONTENT,
    RESPONSE,
    RAW;

    /** As the DSL names it; content where nothing is said. */
    public static Output read(JsonNode named) throws Setback {
      return switch (named.asText("content").toLowerCase(Locale.ROOT)) {
        case "content", "" -> CONTENT;
        case "response" -> RESPONSE;
        case "raw" -> RAW;
        default -> throw Setback.invalid("/output: must be content, response or raw");
      };
    }
  }

  public HttpCall {
    headers = Map.copyOf(headers);
    secretHeaders = Set.copyOf(secretHeaders);
  }

  Ask ask() {
    return new Ask(method, uri, headers, body, effect);
  }
}
