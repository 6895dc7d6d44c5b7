package io.signalbox.http.hooks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One configured webhook; its secret never shows in a log. */
public record HookSettings(String name, Kind kind, String secret, String tenant) {
  private static final Set<String> KEYS = Set.of("type", "secret", "tenant");

  /** Whose deliveries these are. */
  public enum Kind {
    GITHUB,
    SLACK,
    STANDARD
  }

  public HookSettings {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("signalbox.http.hooks." + name + ".secret is empty");
    }
  }

  static HookSettings from(String name, Config config) {
    String path = "signalbox.http.hooks." + name;
    for (String key : config.root().keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown key " + path + "." + key);
      }
    }
    String type = config.getString("type");
    Kind kind =
        switch (type) {
          case "github" -> Kind.GITHUB;
          case "slack" -> Kind.SLACK;
          case "standard" -> Kind.STANDARD;
          default ->
              throw new IllegalArgumentException(
                  path + ".type must be github, slack or standard, not " + type);
        };
    String tenant = config.hasPath("tenant") ? config.getString("tenant") : "default";
    return new HookSettings(name, kind, config.getString("secret"), tenant);
  }

  /** All hooks of a configuration object, by name. */
  public static Map<String, HookSettings> all(Config hooks) {
    Map<String, HookSettings> all = new TreeMap<>();
    for (String name : hooks.root().keySet()) {
      all.put(name, from(name, hooks.getConfig(ConfigUtil.quoteString(name))));
    }
    return all;
  }

  @Override
  public String toString() {
    return "HookSettings[" + name + ", " + kind.name().toLowerCase(Locale.ROOT) + "]";
  }
}
