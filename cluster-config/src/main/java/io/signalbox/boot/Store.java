package io.signalbox.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.signalbox.agents.hands.kit.Secret;
import io.signalbox.agents.hands.sql.GatewayDatabase;
import io.signalbox.boot.config.BootSettings;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.config.DatabaseSettings;
import io.signalbox.boot.database.DatabaseAddress;
import io.signalbox.boot.database.Migrations;
import io.signalbox.boot.database.Pool;
import io.signalbox.boot.postgres.EmbeddedPostgres;
import io.signalbox.boot.postgres.Pause;
import io.signalbox.boot.postgres.Running;
import io.signalbox.runtime.storage.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's database: its own or a given one, and the pool for all but the journal. */
final class Store implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Store.class);
  private static final String JOURNAL = "pekko-persistence-jdbc.shared-databases.slick.db.";

  private final DatabaseAddress address;
  private final Optional<Running> embedded;
  private final HikariDataSource pool;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Store(DatabaseAddress address, Optional<Running> embedded, DatabaseSettings settings) {
    this.address = address;
    this.embedded = embedded;
    this.pool = Pool.open(address, settings);
  }

  /**
   * Opens the way to the database. The embedded one runs when this returns; a given one may be away
   * still.
   *
   * @param watches whether this node looks after the embedded database, or another one does
   */
  static Store open(BootSettings settings, boolean watches) throws IOException, ConfigurationFault {
    DatabaseSettings wanted = settings.database();
    if (!wanted.url().isBlank()) {
      return new Store(tuned(DatabaseAddress.parse(wanted), wanted), Optional.empty(), wanted);
    }
    if (!watches) {
      EmbeddedPostgres.Found found = find(settings);
      var address = new DatabaseAddress(found.url(), found.user(), found.password());
      return new Store(tuned(address, wanted), Optional.empty(), wanted);
    }
    Running running = EmbeddedPostgres.start(settings.data());
    var address = new DatabaseAddress(running.url(), running.user(), running.password());
    return new Store(tuned(address, wanted), Optional.of(running), wanted);
  }

  /** Waits for the database and brings it to this version's tables. */
  void migrate() throws IOException {
    Migrations.run(pool, address);
  }

  Database database() {
    return new Database(pool, threads);
  }

  /** For tools that may read the gateway's own database. */
  GatewayDatabase gateway() {
    return new GatewayDatabase(address.url(), address.user(), new Secret(address.password()));
  }

  /** Where the journal's own connections go. */
  Config journal() {
    Map<String, Object> set = new HashMap<>();
    set.put(JOURNAL + "url", address.with("reWriteBatchedInserts", true).url());
    if (!address.user().isEmpty()) {
      set.put(JOURNAL + "user", address.user());
      set.put(JOURNAL + "password", address.password());
    }
    return ConfigFactory.parseMap(set, "the database's address");
  }

  /** Undoes what opening did: a database that ran before goes on running. */
  void undo() {
    pool.close();
    threads.shutdown();
    embedded.filter(Running::adopted).ifPresent(Running::release);
    embedded.filter(running -> !running.adopted()).ifPresent(Running::close);
  }

  @Override
  public void close() {
    pool.close();
    threads.shutdown();
    embedded.ifPresent(Running::close);
  }

  private static EmbeddedPostgres.Found find(BootSettings settings) throws IOException {
    for (int tries = 0; ; tries++) {
      Optional<EmbeddedPostgres.Found> found = EmbeddedPostgres.find(settings.data());
      if (found.isPresent()) {
        return found.get();
      }
      if (tries % 10 == 0) {
        log.warn("waiting for the first node to start the database in {}", settings.data());
      }
      Pause.of(Duration.ofMillis(300));
    }
  }

  private static DatabaseAddress tuned(DatabaseAddress address, DatabaseSettings settings) {
    return address
        .with("ApplicationName", "signalbox")
        .with("connectTimeout", Math.max(1, settings.connectionTimeout().toSeconds()))
        .with("socketTimeout", settings.socketTimeout().toSeconds())
        .with("tcpKeepAlive", true);
  }
}
