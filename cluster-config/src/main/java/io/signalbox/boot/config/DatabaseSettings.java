package io.signalbox.boot.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How to reach the database, from {@code signalbox.database}.
 *
 * @param url empty for the embedded database
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int poolSize,
    int journalConnections,
    Duration connectionTimeout,
    Duration socketTimeout) {
  public DatabaseSettings {
    Check.that(poolSize >= 2, "signalbox.database.pool-size", "must be at least 2");
    Check.that(
        journalConnections >= 1, "signalbox.database.journal-connections", "must be at least 1");
    Check.that(
        connectionTimeout.toMillis() >= 250,
        "signalbox.database.connection-timeout",
        "must be at least 250ms");
    Check.that(
        socketTimeout.toSeconds() >= 1, "signalbox.database.socket-timeout", "must be at least 1s");
  }

  static DatabaseSettings from(Config config) {
    return new DatabaseSettings(
        config.getString("url"),
        config.getString("user"),
        config.getString("password"),
        config.getInt("pool-size"),
        config.getInt("journal-connections"),
        config.getDuration("connection-timeout"),
        config.getDuration("socket-timeout"));
  }

  @Override
  public String toString() {
    return "DatabaseSettings[poolSize=" + poolSize + "]"; // never a password
  }
}
