package io.signalbox.boot.database;

import io.signalbox.boot.postgres.Pause;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the database to this version's tables; nodes that start together take turns. */
public final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private Migrations() {}

  /**
   * Waits for a database that is away for as long as it takes, saying so, then migrates it. A
   * migration that fails while the database is there fails the start.
   */
  public static void run(DataSource pool, DatabaseAddress address) throws IOException {
    for (long begin = System.nanoTime(); !reachable(pool); ) {
      log.warn(
          "waiting for the database at {} since {} s",
          address,
          Duration.ofNanos(System.nanoTime() - begin).toSeconds());
      Pause.of(PAUSE);
    }
    try {
      var result = Flyway.configure().dataSource(pool).connectRetries(5).load().migrate();
      log.info("database at {}, {} migrations run", address, result.migrationsExecuted);
    } catch (FlywayException e) {
      throw new IOException("the database could not be migrated: " + e.getMessage(), e);
    }
  }

  private static boolean reachable(DataSource pool) {
    try (var connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      log.debug("no database yet", e);
      return false;
    }
  }
}
