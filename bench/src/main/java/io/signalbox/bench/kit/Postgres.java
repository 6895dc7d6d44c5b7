package io.signalbox.bench.kit;

import io.signalbox.boot.postgres.EmbeddedPostgres;
import io.signalbox.boot.postgres.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PostgreSQL that comes with the gateway, as it comes (fsync and synchronous commit on), but
 * with room for as many connections as benchmarks open.
 */
public final class Postgres implements AutoCloseable {
  private final Running running;

  private Postgres(Running running) {
    this.running = running;
  }

  public static Postgres start(Path folder) throws IOException {
    return new Postgres(EmbeddedPostgres.start(folder, Map.of("max_connections", "500")));
  }

  /** Makes an empty database of this name, instead of one that was there. */
  public Base fresh(String name) throws IOException {
    Base own = new Base(running.url(), running.user(), running.password());
    own.run("drop database if exists " + name + " with (force)");
    own.run("create database " + name);
    return new Base(running.url().replaceFirst("/[^/]*$", "/" + name), own.user(), own.password());
  }

  /** Processor time that the server's processes of this moment have taken so far. */
  public Duration processorTime() {
    return ProcessHandle.of(running.pid()).stream()
        .flatMap(top -> Stream.concat(Stream.of(top), top.descendants()))
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    running.close();
  }

  /** One database of the server. */
  public record Base(String url, String user, String password) {
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }

    public int port() {
      return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    public String name() {
      return url.replaceFirst(".*/", "");
    }

    public void run(String sql) throws IOException {
      try (Connection c = connect();
          Statement s = c.createStatement()) {
        s.execute(sql);
      } catch (SQLException e) {
        throw new IOException(sql + ": " + e.getMessage(), e);
      }
    }

    /** The first row of a query, its columns as numbers. */
    public long[] numbers(String sql) throws IOException {
      try (Connection c = connect();
          Statement s = c.createStatement();
          ResultSet row = s.executeQuery(sql)) {
        row.next();
        long[] found = new long[row.getMetaData().getColumnCount()];
        for (int i = 0; i < found.length; i++) {
          found[i] = row.getLong(i + 1);
        }
        return found;
      } catch (SQLException e) {
        throw new IOException(sql + ": " + e.getMessage(), e);
      }
    }
  }
}
