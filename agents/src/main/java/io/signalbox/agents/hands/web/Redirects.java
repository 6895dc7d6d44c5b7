package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Follows redirects: never from https to http, and credentials stay with their origin. */
final class Redirects {
  private static final int MOST = 5;

  private Redirects() {}

  /** The last request and its answer. */
  record Followed(Ask ask, Answer answer) {}

  static Followed follow(Talk talk, Ask first) throws Setback {
    var ask = first;
    for (int hops = 0; hops <= MOST; hops++) {
      var answer = talk.ask(ask);
      var next = next(ask, answer);
      if (next.isEmpty()) {
        return new Followed(ask, answer);
      }
      ask = next.get();
    }
    throw Setback.failed("communication", 508, "redirected more than " + MOST + " times");
  }

  private static Optional<Ask> next(Ask ask, Answer answer) throws Setback {
    var location = answer.headers().firstValue("location");
    boolean redirected =
        switch (answer.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    if (!redirected || location.isEmpty()) {
      return Optional.empty();
    }
    var target = resolve(ask.uri(), location.get());
    boolean asGet =
        answer.status() == 303 || (answer.status() <= 302 && ask.method().equals("POST"));
    var headers = sameOrigin(ask.uri(), target) ? ask.headers() : withoutCredentials(ask);
    return Optional.of(
        asGet && !ask.method().equals("HEAD")
            ? Ask.get(target, headers)
            : new Ask(ask.method(), target, headers, ask.body(), ask.effect()));
  }

  private static URI resolve(URI from, String location) throws Setback {
    try {
      var target = from.resolve(location);
      boolean downgraded = "https".equals(from.getScheme()) && !"https".equals(target.getScheme());
      if (downgraded
          || !("http".equals(target.getScheme()) || "https".equals(target.getScheme()))) {
        throw Setback.failed("communication", 502, "redirected to an unsafe place: " + target);
      }
      return target;
    } catch (IllegalArgumentException _) {
      throw Setback.failed("communication", 502, "redirected to a broken address");
    }
  }

  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static Map<String, List<String>> withoutCredentials(Ask ask) {
    var kept = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    kept.putAll(ask.headers());
    kept.remove("authorization");
    kept.remove("cookie");
    return kept;
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }
}
