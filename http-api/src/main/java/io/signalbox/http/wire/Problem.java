package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * A request that is answered with an RFC 9457 problem document instead of what it asked for. Thrown
 * by whoever finds it, turned into an answer in one place, carries no stack trace.
 */
public final class Problem extends RuntimeException {
  private static final String TYPE = "urn:signalbox:problem:";

  private final int status;
  private final String code;
  private final String title;
  private final List<Fault> faults;
  private final Map<String, String> headers;
  private final Map<String, JsonNode> more;

  private Problem(
      int status,
      String code,
      String title,
      String detail,
      List<Fault> faults,
      Map<String, String> headers,
      Map<String, JsonNode> more) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.title = title;
    this.faults = List.copyOf(faults);
    this.headers = Map.copyOf(headers);
    this.more = Map.copyOf(more);
  }

  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, List.of(), Map.of(), Map.of());
  }

  /** Whether an asynchronous failure is a problem of this status. */
  public static boolean is(int status, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Problem problem && problem.status == status;
  }

  public static Problem malformed(String detail) {
    return of(400, "malformed", "The request cannot be read", detail);
  }

  public static Problem notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  public static Problem conflict(String detail) {
    return of(409, "conflict", "At odds with the current state", detail);
  }

  /** Names what is missing, and nothing of what is there. */
  public static Problem notPermitted(String permission) {
    return of(403, "not-allowed", "Not permitted", "this needs the permission " + permission)
        .with("rule", TextNode.valueOf("permission:" + permission));
  }

  public static Problem tooLarge(long limit) {
    return of(
        413,
        "too-large",
        "The request is too large",
        "the body may have at most " + limit + " bytes");
  }

  public static Problem unsupported(String detail) {
    return of(415, "unsupported-media-type", "Unsupported media type", detail);
  }

  public static Problem invalid(String detail, List<Fault> faults) {
    return new Problem(
        422, "invalid", "The input is not valid", detail, faults, Map.of(), Map.of());
  }

  /** One wrong query parameter or header, which no JSON pointer can name. */
  public static Problem invalid(String detail) {
    return invalid(detail, List.of(new Fault("", detail)));
  }

  public static Problem notReady(String detail, Duration retryAfter) {
    return of(503, "not-ready", "Not ready", detail).retryAfter(retryAfter);
  }

  /** Tells the caller when to come back, in whole seconds, at least one. */
  public Problem retryAfter(Duration delay) {
    long seconds = Math.max(1, (delay.toMillis() + 999) / 1000);
    return header("Retry-After", Long.toString(seconds));
  }

  public Problem header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Problem(status, code, title, detail(), faults, all, more);
  }

  /** Adds an extension member to the document. */
  public Problem with(String member, JsonNode value) {
    Map<String, JsonNode> all = new LinkedHashMap<>(more);
    all.put(member, value);
    return new Problem(status, code, title, detail(), faults, headers, all);
  }

  public int status() {
    return status;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The answer, with {@code instance} naming the request it is about. */
  public Answer.Document answer(String instance) {
    ObjectNode body = Json.object();
    body.put("type", TYPE + code).put("title", title).put("status", status);
    body.put("detail", detail()).put("instance", instance);
    if (!faults.isEmpty()) {
      body.set("errors", Json.tree(faults));
    }
    more.forEach(body::set);
    return new Answer.Document(status, body).withHeaders(headers);
  }
}
