package io.signalbox.boot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.signalbox.boot.postgres.EmbeddedPostgres;
import io.signalbox.boot.postgres.Running;
import io.signalbox.runtime.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh, migrated database for each test class, on one real server for the whole JVM. Use it as
 * {@code @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();}
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "test_" + COUNT.incrementAndGet();
  private final HikariDataSource pool = new HikariDataSource();

  /** The server, started at first use and stopped with the JVM. */
  private static final class Server {
    static final Path DATA = data();
    static final Running RUNNING = start();

    private static Path data() {
      try {
        return Files.createTempDirectory(
            "signalbox-test",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Running start() {
      try {
        Running running = EmbeddedPostgres.start(DATA);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(running)));
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(Running running) {
      running.close();
      try {
        delete(DATA);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    administer("create database " + name);
    pool.setJdbcUrl(url());
    pool.setUsername(user());
    pool.setPassword(password());
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(0);
    Flyway.configure().dataSource(pool).load().migrate();
  }

  @Override
  public void afterAll(ExtensionContext context) throws SQLException {
    pool.close();
    administer("drop database " + name + " with (force)");
  }

  public String url() {
    return Server.RUNNING.url().replaceFirst("/[^/]+$", "/" + name);
  }

  public String user() {
    return Server.RUNNING.user();
  }

  public String password() {
    return Server.RUNNING.password();
  }

  public HikariConfig pool() {
    return pool;
  }

  /** The database as the rooms see it. */
  public Database database() {
    return new Database(pool, Executors.newVirtualThreadPerTaskExecutor());
  }

  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private static void administer(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                Server.RUNNING.url(), Server.RUNNING.user(), Server.RUNNING.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
