package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.Principal;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/**
 * A request in hand: routed, its caller known, its body read.
 *
 * @param path values of the pattern's parameters, decoded
 * @param principal absent only on open endpoints
 * @param seed what a repeated request has in common with its first try, if it carries an
 *     Idempotency-Key
 */
public record Call(
    HttpRequest request,
    Endpoint endpoint,
    Map<String, String> path,
    Optional<Principal> principal,
    ByteString body,
    Optional<String> seed) {
  public Call {
    path = Map.copyOf(path);
  }

  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException(endpoint.pattern() + " has no parameter " + name);
    }
    return value;
  }

  /** The query parameter, if it is there and not empty. */
  public Optional<String> query(String name) {
    Optional<String> value = request.getUri().query().get(name).filter(text -> !text.isEmpty());
    if (value.isPresent() && !Texts.sound(value.get())) {
      throw Problem.malformed("query parameter " + name + " holds a NUL");
    }
    return value;
  }

  public Optional<String> header(String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  public Principal by() {
    return principal.orElseThrow(
        () -> new IllegalStateException(endpoint.pattern() + " is open and knows no caller"));
  }

  public String tenant() {
    return by().tenant();
  }

  /** {@code type/subtype} of the body in lower case; empty when the request does not say. */
  public String mediaType() {
    String type = Bodies.mediaType(request.entity());
    return type.equals("none/none") ? "" : type;
  }

  /** The JSON body. */
  public JsonNode json() {
    if (body.isEmpty()) {
      throw Problem.malformed("a JSON body is needed");
    }
    Bodies.requireJson(mediaType());
    return Bodies.parse(body.toArrayUnsafe());
  }

  /** The JSON body, or an empty object where the request has none. */
  public JsonNode jsonOrEmpty() {
    return body.isEmpty() ? Json.object() : json();
  }

  /** Method and target, for problem documents. */
  public static String instance(HttpRequest request) {
    return request.getUri().path();
  }

  /** The same request by somebody else. */
  public Call as(Principal other) {
    return new Call(request, endpoint, path, Optional.of(other), body, seed);
  }

  public Call seeded(String value) {
    return new Call(request, endpoint, path, principal, body, Optional.of(value));
  }
}
