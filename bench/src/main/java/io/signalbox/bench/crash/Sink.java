package io.signalbox.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.boot.postgres.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The system outside on which every step leaves a row, without a constraint of any kind: what the
 * gateway sends twice is there twice. {@code POST /rows} appends, {@code GET /rows/KEY} answers 404
 * or the row; both take a moment, so that a kill finds calls under way.
 */
final class Sink implements AutoCloseable {
  static final String KEY_HEADER = "Idempotency-Key";
  private static final int CONNECTIONS = 16;
  private static final int SLOWEST_MILLIS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(CONNECTIONS);
  private final AtomicInteger life = new AtomicInteger();
  private final AtomicLong rows = new AtomicLong();

  Sink(Postgres.Base base) throws IOException {
    base.run(
        "create table step (run text not null, step int not null, key text not null,"
            + " life int not null, at bigserial)");
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(base.connect());
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.setExecutor(threads);
    server.createContext("/rows", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/rows";
  }

  /** A new life of the server begins: what arrives from now on was sent by it. */
  void lifeBegins() {
    life.incrementAndGet();
  }

  /** How many rows have been appended. */
  long rows() {
    return rows.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      int by = life.get();
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String answer =
          exchange.getRequestMethod().equals("GET")
              ? find(exchange.getRequestURI().getPath().substring("/rows/".length()))
              : append(by, exchange.getRequestHeaders().getFirst(KEY_HEADER), sent);
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(
          bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (SQLException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String append(int by, String key, byte[] body)
      throws IOException, SQLException, InterruptedException {
    JsonNode row = JSON.readTree(body);
    linger();
    Connection connection = connections.poll(30, TimeUnit.SECONDS);
    if (connection == null) {
      throw new IOException("no connection in time");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into step (run, step, key, life) values (?,?,?,?)")) {
      insert.setString(1, row.path("run").asText());
      insert.setInt(2, row.path("step").asInt());
      insert.setString(3, key);
      insert.setInt(4, by);
      insert.executeUpdate();
    } finally {
      connections.add(connection);
    }
    rows.incrementAndGet();
    linger();
    return "{\"ok\":true}";
  }

  private String find(String key) throws IOException, SQLException, InterruptedException {
    Connection connection = connections.poll(30, TimeUnit.SECONDS);
    if (connection == null) {
      throw new IOException("no connection in time");
    }
    try (PreparedStatement look =
        connection.prepareStatement("select step from step where key = ?")) {
      look.setString(1, key);
      try (ResultSet row = look.executeQuery()) {
        return row.next() ? "{\"ok\":true}" : "";
      }
    } finally {
      connections.add(connection);
    }
  }

  private static void linger() throws IOException {
    Pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextInt(SLOWEST_MILLIS)));
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    for (Optional<Connection> it = next(); it.isPresent(); it = next()) {
      try {
        it.get().close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }

  private Optional<Connection> next() {
    return Optional.ofNullable(connections.poll());
  }
}
