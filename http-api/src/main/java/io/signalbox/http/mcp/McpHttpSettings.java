package io.signalbox.http.mcp;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How {@code /mcp} is served; reference.conf says what each key means.
 *
 * @param hosts names under which the gateway may be called, beside its own
 * @param origins web pages that may call it
 * @param resource the address clients know {@code /mcp} by, where it is not the one they call
 * @param polling how long a call's stream is held open without news before the client is asked to
 *     come again
 * @param decision how long a client's user is given to decide what a call waits for
 */
public record McpHttpSettings(
    List<String> hosts,
    List<String> origins,
    Optional<String> resource,
    List<String> authorizationServers,
    Duration idle,
    Duration polling,
    Duration retry,
    Duration longest,
    Duration decision,
    int streams,
    int events) {
  private static final Set<String> KEYS =
      Set.of(
          "hosts",
          "origins",
          "resource",
          "authorization-servers",
          "idle",
          "polling",
          "retry",
          "longest",
          "decision",
          "streams",
          "events");

  public McpHttpSettings {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
    authorizationServers = List.copyOf(authorizationServers);
    for (Duration it : new Duration[] {idle, polling, retry, longest, decision}) {
      require(it.isPositive(), "every duration must be positive");
    }
    require(streams > 0 && events > 0, "streams and events must be positive");
  }

  /** From {@code signalbox.http.mcp}. */
  public static McpHttpSettings from(Config c) {
    for (String key : c.root().keySet()) {
      require(KEYS.contains(key), "unknown key " + key);
    }
    return new McpHttpSettings(
        c.getStringList("hosts"),
        c.getStringList("origins"),
        Optional.of(c.getString("resource")).filter(it -> !it.isBlank()),
        c.getStringList("authorization-servers"),
        c.getDuration("idle"),
        c.getDuration("polling"),
        c.getDuration("retry"),
        c.getDuration("longest"),
        c.getDuration("decision"),
        c.getInt("streams"),
        c.getInt("events"));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("signalbox.http.mcp: " + what);
    }
  }
}
