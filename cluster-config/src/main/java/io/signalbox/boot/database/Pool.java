package io.signalbox.boot.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.signalbox.boot.config.DatabaseSettings;

/** The connections for everything but the journal, which has its own. */
public final class Pool {
  private Pool() {}

  /** A pool that opens even while the database is away. */
  public static HikariDataSource open(DatabaseAddress address, DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("signalbox");
    config.setJdbcUrl(address.url());
    if (!address.user().isEmpty()) {
      config.setUsername(address.user());
      config.setPassword(address.password());
    }
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setValidationTimeout(Math.min(2_000, settings.connectionTimeout().toMillis()));
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
