package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends, authenticates and follows redirects: credentials stay with their origin. */
public final class Redirects {
  private static final int CHALLENGES = 2;

  private Redirects() {}

  /** The last request and its answer. */
  record Followed(Ask ask, Answer answer) {}

  static Followed follow(Talk talk, HttpCall call, Authorization authorization) throws Setback {
    var home = call.uri();
    var ask = authorization.sign(talk, call.ask());
    for (int hops = 0; hops <= talk.maxRedirects(); hops++) {
      var said = authenticated(talk, ask, sameOrigin(home, ask.uri()), authorization);
      var next = call.redirect() ? next(call, said) : Optional.<Ask>empty();
      if (next.isEmpty()) {
        return said;
      }
      ask = next.get();
    }
    throw Setback.failed(
        "communication", 508, "redirected more than " + talk.maxRedirects() + " times");
  }

  /** A 401 means that nothing was done: the request may be repeated with better credentials. */
  private static Followed authenticated(
      Talk talk, Ask first, boolean atHome, Authorization authorization) throws Setback {
    var ask = first;
    var answer = talk.ask(ask);
    for (int i = 0; i < CHALLENGES && answer.status() == 401 && atHome; i++) {
      var again = authorization.again(talk, ask, answer);
      if (again.isEmpty()) {
        break;
      }
      ask = again.get();
      answer = talk.ask(ask);
    }
    return new Followed(ask, answer);
  }

  private static Optional<Ask> next(HttpCall call, Followed said) throws Setback {
    var ask = said.ask();
    var answer = said.answer();
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
    boolean away = !sameOrigin(ask.uri(), target);
    var headers = away ? withoutCredentials(call, ask) : ask.headers();
    if (asGet && !ask.method().equals("HEAD")) {
      return Optional.of(Ask.get(target, headers));
    }
    if (away && call.secretBody()) {
      throw Setback.failed(
          "communication",
          answer.status(),
          "redirected to another place, " + target.getHost() + ", that must not have the secret");
    }
    return Optional.of(new Ask(ask.method(), target, headers, ask.body(), ask.effect()));
  }

  private static URI resolve(URI from, String location) throws Setback {
    try {
      var target = from.resolve(location);
      boolean downgraded = "https".equals(from.getScheme()) && !"https".equals(target.getScheme());
      if (downgraded
          || target.getHost() == null
          || !("http".equals(target.getScheme()) || "https".equals(target.getScheme()))) {
        throw Setback.failed("communication", 502, "redirected to an unsafe place: " + target);
      }
      return target;
    } catch (IllegalArgumentException _) {
      throw Setback.failed("communication", 502, "redirected to a broken address");
    }
  }

  /** Same scheme, host and port. */
  public static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static Map<String, List<String>> withoutCredentials(HttpCall call, Ask ask) {
    var kept = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    kept.putAll(ask.headers());
    kept.remove("authorization");
    kept.remove("cookie");
    call.secretHeaders().forEach(kept::remove);
    return kept;
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }
}
