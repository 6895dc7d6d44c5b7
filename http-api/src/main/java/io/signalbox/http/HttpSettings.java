package io.signalbox.http;

import com.typesafe.config.Config;
import io.signalbox.http.hooks.HookSettings;
import io.signalbox.http.mcp.McpHttpSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The settings of this room, read once from {@code signalbox.http} and checked. */
public record HttpSettings(
    String host,
    int port,
    boolean credentialsConfigured,
    boolean openMetrics,
    long bodyLimit,
    long bodyBudget,
    long targetLimit,
    Duration bodyPatience,
    int connections,
    Duration patience,
    Duration waitLimit,
    Duration callPatience,
    Duration heartbeat,
    Duration poll,
    Duration pollMost,
    long showMost,
    Map<String, HookSettings> hooks,
    McpHttpSettings mcp) {
  private static final String PATH = "signalbox.http";
  private static final Set<String> KEYS =
      Set.of(
          "host",
          "port",
          "credentials",
          "open-metrics",
          "body-limit",
          "body-budget",
          "target-limit",
          "body-patience",
          "connections",
          "patience",
          "wait-limit",
          "call-patience",
          "heartbeat",
          "poll",
          "poll-most",
          "show-most",
          "hooks",
          "mcp");

  public HttpSettings {
    hooks = Map.copyOf(hooks);
    require(port >= 0 && port <= 65_535, "port must be from 0 to 65535");
    require(bodyLimit > 0 && targetLimit > 0, "body-limit and target-limit must be positive");
    require(bodyBudget >= bodyLimit, "body-budget must not be less than body-limit");
    require(showMost >= 0, "show-most must not be negative");
    require(connections > 0, "connections must be positive");
    for (Duration duration :
        new Duration[] {
          bodyPatience, patience, waitLimit, callPatience, heartbeat, poll, pollMost
        }) {
      require(duration.isPositive(), "every duration must be positive");
    }
    require(poll.compareTo(pollMost) <= 0, "poll must not be longer than poll-most");
    require(
        credentialsConfigured || isLoopback(host),
        "host is "
            + host
            + ", which others can reach; set up credentials and credentials = configured, or listen"
            + " on 127.0.0.1");
  }

  /**
   * Reads {@code signalbox.http} of the given configuration.
   *
   * @throws IllegalArgumentException naming the key that is wrong or unknown
   */
  public static HttpSettings from(Config root) {
    Config c = root.getConfig(PATH);
    for (String key : c.root().keySet()) {
      require(KEYS.contains(key), "unknown key " + key);
    }
    String credentials = c.getString("credentials");
    require(
        credentials.equals("local") || credentials.equals("configured"),
        "credentials must be local or configured");
    return new HttpSettings(
        c.getString("host"),
        c.getInt("port"),
        credentials.equals("configured"),
        c.getBoolean("open-metrics"),
        c.getBytes("body-limit"),
        c.getBytes("body-budget"),
        c.getBytes("target-limit"),
        c.getDuration("body-patience"),
        c.getInt("connections"),
        c.getDuration("patience"),
        c.getDuration("wait-limit"),
        c.getDuration("call-patience"),
        c.getDuration("heartbeat"),
        c.getDuration("poll"),
        c.getDuration("poll-most"),
        c.getBytes("show-most"),
        HookSettings.all(c.getConfig("hooks")),
        McpHttpSettings.from(c.getConfig("mcp")));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + ": " + what);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(PATH + ": host " + host + " is not known", e);
    }
  }
}
