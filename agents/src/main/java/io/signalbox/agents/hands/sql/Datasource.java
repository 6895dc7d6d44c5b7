package io.signalbox.agents.hands.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.signalbox.agents.hands.kit.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One database: prepared once by its init script, then only read, through a small pool. */
final class Datasource implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration INIT = Duration.ofMinutes(1);
  private static final long INIT_LOCK = 0x5167_6e61_6c62_6f78L;

  private final String name;
  private final DatasourceSettings settings;
  private final Login owner;
  private final HikariDataSource pool;
  private final ReentrantLock preparing = new ReentrantLock();
  private volatile boolean prepared;

  /** Who logs in where. */
  record Login(String url, String user, Secret password) {}

  Datasource(String name, DatasourceSettings settings, Optional<GatewayDatabase> gateway) {
    this.name = name;
    this.settings = settings;
    this.owner = owner(settings, gateway);
    var reader =
        settings.user().isEmpty()
            ? owner
            : new Login(owner.url(), settings.user(), settings.password());
    this.pool = pool(name, settings, reader);
    this.prepared = settings.initScript().isEmpty();
  }

  private static Login owner(DatasourceSettings settings, Optional<GatewayDatabase> gateway) {
    if (!settings.url().equals(DatasourceSettings.GATEWAY)) {
      return new Login(settings.url(), settings.user(), settings.password());
    }
    return gateway
        .map(own -> new Login(own.jdbcUrl(), own.user(), own.password()))
        .orElseThrow(
            () -> new IllegalArgumentException("url = gateway, but no such database is known"));
  }

  private static HikariDataSource pool(String name, DatasourceSettings settings, Login reader) {
    var config = new HikariConfig();
    config.setPoolName("sql-tools-" + name);
    config.setJdbcUrl(reader.url());
    if (!reader.user().isEmpty()) {
      config.setUsername(reader.user());
      reader.password().found().ifPresent(config::setPassword);
    }
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT.toMillis());
    // the database may be away at start: then calls fail until it is back
    config.setInitializationFailTimeout(-1);
    config.setReadOnly(true);
    config.setAutoCommit(false);
    config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
    config.addDataSourceProperty("ApplicationName", "signalbox-sql-tools");
    config.addDataSourceProperty("options", "-c default_transaction_read_only=on");
    return new HikariDataSource(config);
  }

  String name() {
    return name;
  }

  Optional<String> role() {
    return settings.role();
  }

  Optional<String> schema() {
    return settings.schema();
  }

  /** A connection of the pool; its transaction is read-only, its session too. */
  Connection borrow() throws SQLException, IOException {
    prepare();
    return pool.getConnection();
  }

  /** Runs the init script, once; tried again at the next call if it fails. */
  void prepare() throws SQLException, IOException {
    if (prepared || settings.initScript().isEmpty()) {
      return;
    }
    if (!isMyTurn()) {
      throw new SQLTransientConnectionException("its init script is still running");
    }
    try {
      if (!prepared) {
        run(settings.initScript().get());
        prepared = true;
      }
    } finally {
      preparing.unlock();
    }
  }

  private boolean isMyTurn() {
    try {
      return preparing.tryLock(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(Path script) throws SQLException, IOException {
    var text = Files.readString(script);
    try (var connection = login();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(INIT.toMillis()));
      // nodes that start together take turns
      statement.execute("select pg_advisory_xact_lock(" + INIT_LOCK + ")");
      statement.execute(text);
      connection.commit();
    }
  }

  private Connection login() throws SQLException {
    var properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
    if (!owner.user().isEmpty()) {
      properties.setProperty("user", owner.user());
      owner.password().found().ifPresent(it -> properties.setProperty("password", it));
    }
    return DriverManager.getConnection(owner.url(), properties);
  }

  @Override
  public void close() {
    pool.close();
  }
}
