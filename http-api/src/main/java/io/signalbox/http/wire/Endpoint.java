package io.signalbox.http.wire;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One line of the API: a method and a path pattern such as {@code /v1/runs/{id}}, who may call it
 * and what answers it. The same lines build the router and are held against the OpenAPI document.
 */
public record Endpoint(String method, String pattern, Access access, Handler handler) {

  /** Who may call. */
  public enum Access {
    /** Anybody; webhooks check their own signature. */
    OPEN,
    /** Whoever has a valid credential. */
    KEY,
    /** Whoever has the role {@code admin}. */
    ADMIN
  }

  /** Answers one call; fails with a {@link Problem} where it cannot. */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<? extends Answer> handle(Call call);
  }

  public static Endpoint get(String pattern, Handler handler) {
    return new Endpoint("GET", pattern, Access.KEY, handler);
  }

  public static Endpoint post(String pattern, Handler handler) {
    return new Endpoint("POST", pattern, Access.KEY, handler);
  }

  public static Endpoint put(String pattern, Handler handler) {
    return new Endpoint("PUT", pattern, Access.KEY, handler);
  }

  public static Endpoint delete(String pattern, Handler handler) {
    return new Endpoint("DELETE", pattern, Access.KEY, handler);
  }

  public Endpoint open() {
    return new Endpoint(method, pattern, Access.OPEN, handler);
  }

  public Endpoint admin() {
    return new Endpoint(method, pattern, Access.ADMIN, handler);
  }

  /** The pattern's segments. */
  public List<String> segments() {
    return List.of(pattern.substring(1).split("/", -1));
  }
}
