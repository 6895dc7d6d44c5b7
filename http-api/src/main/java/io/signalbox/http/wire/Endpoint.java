package io.signalbox.http.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * One line of the API: a method and a path pattern such as {@code /v1/runs/{id}}, who may call it
 * and what answers it. The same lines build the router and are held against the OpenAPI document.
 */
public record Endpoint(
    String method, String pattern, Access access, Handler handler, Optional<String> named) {
  private static final String ROOT = "/v1/";

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
    return new Endpoint("GET", pattern, Access.KEY, handler, Optional.empty());
  }

  public static Endpoint post(String pattern, Handler handler) {
    return new Endpoint("POST", pattern, Access.KEY, handler, Optional.empty());
  }

  public static Endpoint put(String pattern, Handler handler) {
    return new Endpoint("PUT", pattern, Access.KEY, handler, Optional.empty());
  }

  public static Endpoint delete(String pattern, Handler handler) {
    return new Endpoint("DELETE", pattern, Access.KEY, handler, Optional.empty());
  }

  public Endpoint open() {
    return new Endpoint(method, pattern, Access.OPEN, handler, named);
  }

  public Endpoint admin() {
    return new Endpoint(method, pattern, Access.ADMIN, handler, named);
  }

  /**
   * The permission that it needs, where its name does not follow from the path.
   *
   * @param permission {@code {name}} in it stands for the parameter of that name
   */
  public Endpoint needs(String permission) {
    return new Endpoint(method, pattern, access, handler, Optional.of(permission));
  }

  /**
   * The permission a caller needs: the thing and what is done to it, such as {@code run:read},
   * {@code tool:write}, {@code run:cancel}; so a new route has one without anybody naming it.
   * Administration begins with {@code admin:}.
   */
  public String permission(Map<String, String> path) {
    String text = named.orElseGet(this::derived);
    for (Map.Entry<String, String> parameter : path.entrySet()) {
      text = text.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return access == Access.ADMIN ? "admin:" + text : text;
  }

  private String derived() {
    List<String> words =
        Stream.of(
                (pattern.startsWith(ROOT) ? pattern.substring(ROOT.length()) : pattern).split("/"))
            .filter(word -> !word.isEmpty() && !word.startsWith("{"))
            .toList();
    if (words.isEmpty()) {
      return "site:read";
    }
    String thing = words.getFirst().replaceAll("ies$", "y").replaceAll("s$", "");
    String act =
        method.equals("GET")
            ? "read"
            : method.equals("POST") && words.size() > 1 ? words.getLast() : "write";
    return thing + ":" + act;
  }

  /** The pattern's segments. */
  public List<String> segments() {
    return List.of(pattern.substring(1).split("/", -1));
  }
}
