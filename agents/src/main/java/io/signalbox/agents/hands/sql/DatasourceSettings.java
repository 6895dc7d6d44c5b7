package io.signalbox.agents.hands.sql;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.kit.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A database that tools may read. */
public record DatasourceSettings(
    String url,
    String user,
    Secret password,
    Optional<String> role,
    Optional<String> schema,
    Optional<Path> initScript,
    int poolSize) {
  static final String GATEWAY = "gateway";
  private static final int USUAL_POOL = 4;
  private static final Set<String> KEYS =
      Set.of("url", "user", "password", "role", "schema", "init-script", "pool-size");

  public DatasourceSettings {
    if (!url.equals(GATEWAY) && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "url must be 'gateway' or begin with jdbc:postgresql: but is " + url);
    }
    if (url.equals(GATEWAY) && role.isEmpty() && user.isEmpty()) {
      throw new IllegalArgumentException(
          "url = gateway needs a role or a user that may read only what tools may see");
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException("pool-size must be at least 1");
    }
  }

  /** Reads {@code datasources.NAME}; says which datasource and which key is at fault. */
  public static DatasourceSettings from(String name, Config config) {
    for (var key : config.root().keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "datasources." + name + "." + key + " is not known; known are " + KEYS);
      }
    }
    try {
      return new DatasourceSettings(
          config.getString("url"),
          text(config, "user").orElse(""),
          new Secret(text(config, "password").orElse("")),
          text(config, "role"),
          text(config, "schema"),
          text(config, "init-script").map(Path::of),
          config.hasPath("pool-size") ? config.getInt("pool-size") : USUAL_POOL);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("datasources." + name + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> text(Config config, String key) {
    return config.hasPath(key)
        ? Optional.of(config.getString(key).strip()).filter(it -> !it.isEmpty())
        : Optional.empty();
  }
}
