package io.signalbox.boot.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the process itself.
 *
 * @param adminKey absent: one is made and kept in the data folder
 */
public record BootSettings(
    Path data,
    Optional<String> adminKey,
    DatabaseSettings database,
    ClusterSettings cluster,
    LogSettings log,
    Duration stopTimeout) {
  private static final int SHORTEST_KEY = 20;

  public BootSettings {
    Check.that(
        adminKey.isEmpty() || adminKey.get().length() >= SHORTEST_KEY,
        "signalbox.admin-key",
        "must have at least " + SHORTEST_KEY + " characters");
  }

  public static BootSettings from(Config config) throws ConfigurationFault {
    try {
      Config own = config.getConfig("signalbox");
      return new BootSettings(
          Path.of(own.getString("data")),
          Optional.of(own.getString("admin-key")).filter(key -> !key.isBlank()),
          DatabaseSettings.from(own.getConfig("database")),
          ClusterSettings.from(own.getConfig("cluster")),
          LogSettings.from(own.getConfig("log")),
          own.getDuration("stop-timeout"));
    } catch (ConfigException e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "BootSettings[data=" + data + "]"; // never a key
  }
}
