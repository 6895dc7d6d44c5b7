package io.signalbox.agents.hands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.util.ByteString;

/** A stand-in for a service: an HTTP server on loopback that remembers what it was sent. */
final class StandIn implements AutoCloseable {
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** One request as it came in. */
  record Received(
      String method, String path, String query, Map<String, String> headers, String body) {
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** One response. */
  record Reply(int status, Map<String, String> headers, ByteString body) {
    static Reply json(int status, String body) {
      return of(status, "application/json; charset=utf-8", body);
    }

    static Reply of(int status, String type, String body) {
      return new Reply(
          status,
          Map.of("Content-Type", type),
          ByteString.fromString(body, StandardCharsets.UTF_8));
    }

    Reply with(String name, String value) {
      var more = new java.util.TreeMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body);
    }
  }

  /** How the stand-in behaves. */
  @FunctionalInterface
  interface Script {
    Reply answer(Received request);
  }

  private StandIn(HttpServer server, Script script) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, script));
    server.start();
  }

  static StandIn of(Script script) {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new StandIn(HttpServer.create(loopback, 0), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Received> received() {
    return received;
  }

  private void serve(HttpExchange exchange, Script script) throws IOException {
    var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(", ", all)));
    var uri = exchange.getRequestURI();
    var request =
        new Received(
            exchange.getRequestMethod(),
            uri.getRawPath(),
            uri.getRawQuery() == null ? "" : uri.getRawQuery(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    received.add(request);
    var reply = script.answer(request);
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(reply.status(), reply.body().isEmpty() ? -1 : reply.body().size());
    if (reply.body().nonEmpty()) {
      exchange.getResponseBody().write(reply.body().toArray());
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
