package io.signalbox.boot.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that comes with the gateway. It outlives a gateway that is killed, and the next
 * start on the same data folder adopts it.
 */
public final class EmbeddedPostgres {
  static final String USER = "signalbox";
  static final String DATABASE = "signalbox";
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int ATTEMPTS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private EmbeddedPostgres() {}

  /**
   * Starts the database of this data folder, or adopts it where it runs already, and watches it
   * from then on: should it die, it is started again.
   */
  public static Running start(Path data) throws IOException {
    return start(data, Map.of());
  }

  /** The same with server settings of one's own, such as {@code max_connections}. */
  public static Running start(Path data, Map<String, String> settings) throws IOException {
    Home home = Home.of(data, settings);
    try (FileChannel channel =
            FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(home.cluster().resolve("PG_VERSION"))) {
        initialise(home);
      }
      return answering(home);
    }
  }

  /** The database of this data folder if somebody else runs it. */
  public static Optional<Found> find(Path data) throws IOException {
    Home home = Home.of(data, Map.of());
    Optional<Postmaster> living = Postmaster.of(home.cluster());
    if (living.isEmpty() || !home.hasPassword()) {
      return Optional.empty();
    }
    return Optional.of(new Found(url(living.get().port(), DATABASE), USER, home.password()));
  }

  /** The way to a database that another node of this machine watches. */
  public record Found(String url, String user, String password) {}

  /** A server killed a moment ago may linger, and one that is adopted may just be on its way. */
  private static Running answering(Home home) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Optional<Postmaster> living = Postmaster.of(home.cluster());
        living.ifPresent(
            found -> log.info("adopting the database with pid {}", found.process().pid()));
        Postmaster postmaster = living.isPresent() ? living.get() : launch(home, home.port());
        createDatabase(postmaster.port(), home.password());
        return new Running(home, postmaster, living.isPresent());
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        log.warn("the embedded database does not start yet: {}", e.getMessage());
        Pause.of(Duration.ofMillis(Math.min(2_000, 100L << attempt)));
      }
    }
  }

  private static void initialise(Home home) throws IOException {
    long begin = System.nanoTime();
    Path fresh = home.folder().resolve("data.new");
    Folders.delete(fresh);
    home.password();
    home.account()
        .run(
            PATIENCE,
            home.program("initdb"),
            "--pgdata=" + fresh,
            "--username=" + USER,
            "--pwfile=" + home.passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C");
    Files.move(fresh, home.cluster());
    log.info("made a database in {} ms", (System.nanoTime() - begin) / 1_000_000);
  }

  /** Starts the server and answers once it takes connections. */
  static Postmaster launch(Home home, int port) throws IOException {
    String options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=120"
            + " -c jit=off -c logging_collector=on -c log_directory=log"
            + " -c log_filename=postgresql-%a.log -c log_truncate_on_rotation=on"
            + " -c log_rotation_age=1d -c log_rotation_size=0"
            + home.settings().entrySet().stream()
                .map(set -> " -c " + set.getKey() + "=" + set.getValue())
                .collect(Collectors.joining());
    home.account()
        .run(
            PATIENCE.plusSeconds(5),
            home.program("pg_ctl"),
            "start",
            "--wait",
            "--timeout=" + PATIENCE.toSeconds(),
            "--pgdata=" + home.cluster(),
            "--log=" + home.log(),
            "--options=" + options);
    return Postmaster.of(home.cluster())
        .orElseThrow(() -> new IOException("the database ended as soon as it had started"));
  }

  private static void createDatabase(int port, String password) throws IOException {
    try (Connection connection =
            DriverManager.getConnection(url(port, "postgres"), USER, password);
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + DATABASE);
    } catch (SQLException e) {
      throw new IOException("the embedded database does not answer: " + e.getMessage(), e);
    }
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
