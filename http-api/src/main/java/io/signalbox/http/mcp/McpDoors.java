package io.signalbox.http.mcp;

import static java.util.Locale.ROOT;

import io.signalbox.http.wire.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Who may knock at {@code /mcp}: a page in somebody's browser that has had its name point at this
 * machine (DNS rebinding) may not.
 *
 * @param host the address the gateway listens on
 */
public record McpDoors(String host, McpHttpSettings settings) {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Why the request is turned away, if it is. */
  public Optional<String> refusal(HttpRequest request) {
    String called = name(header(request, "Host").orElse(""));
    if (!isKnown(called)) {
      return Optional.of("the gateway does not go by the name '" + called + "'");
    }
    return header(request, "Origin")
        .filter(origin -> !mayCall(origin, called))
        .map(origin -> "pages of " + origin + " may not call here");
  }

  private boolean isKnown(String called) {
    if (LOCAL.contains(host) || host.equals("::1")) {
      return LOCAL.contains(called) || settings.hosts().contains(called);
    }
    // behind a name of its own: whoever lists the names has it checked
    return settings.hosts().isEmpty() || called.equals(host) || settings.hosts().contains(called);
  }

  private boolean mayCall(String origin, String called) {
    if (settings.origins().contains(origin)) {
      return true;
    }
    try {
      URI uri = URI.create(origin);
      return uri.getRawAuthority() != null && name(uri.getRawAuthority()).equals(called);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Where {@code /mcp} is, as the client knows it. */
  public String resource(HttpRequest request) {
    return settings
        .resource()
        .orElseGet(
            () ->
                header(request, "X-Forwarded-Proto").filter("https"::equals).orElse("http")
                    + "://"
                    + header(request, "Host").orElse(host)
                    + "/mcp");
  }

  /** Where the client learns who gives out credentials for it. */
  public String metadata(HttpRequest request) {
    URI resource = URI.create(resource(request));
    return resource.getScheme()
        + "://"
        + resource.getRawAuthority()
        + "/.well-known/oauth-protected-resource"
        + resource.getRawPath();
  }

  /** Tells a client that is turned away for its credential where to get one (RFC 9728). */
  public Answer.Document around(HttpRequest request, Answer.Document answer) {
    String scheme = answer.headers().getOrDefault("WWW-Authenticate", "");
    return answer.status() == 401
            && request.getUri().path().equals("/mcp")
            && scheme.startsWith("Bearer")
        ? answer.withHeader(
            "WWW-Authenticate", scheme + ", resource_metadata=\"" + metadata(request) + "\"")
        : answer;
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  /** Without the port. */
  private static String name(String authority) {
    return authority.replaceFirst(":\\d*$", "").toLowerCase(ROOT);
  }
}
