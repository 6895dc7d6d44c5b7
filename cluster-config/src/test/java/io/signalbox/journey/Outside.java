package io.signalbox.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service outside the gateway, on loopback, that keeps whatever it received. */
final class Outside implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** One request, as it arrived. */
  record Received(
      String method, String path, String query, Map<String, List<String>> headers, String body) {
    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .flatMap(entry -> entry.getValue().stream())
          .findFirst();
    }
  }

  /** What is answered. */
  record Said(int status, String type, String body, Map<String, String> headers) {
    Said(int status, String type, String body) {
      this(status, type, body, Map.of());
    }

    Said with(Map<String, String> more) {
      return new Said(status, type, body, more);
    }

    static Said json(int status, String body) {
      return new Said(status, "application/json", body);
    }
  }

  /** How a path answers. */
  interface Behaviour {
    Said answer(Received request) throws Exception;
  }

  private Outside(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  static Outside open() throws IOException {
    return new Outside(0);
  }

  /** Where another one was before. */
  static Outside at(int port) throws IOException {
    return new Outside(port);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** From now on, paths that begin so are answered so; the longest beginning counts. */
  Outside on(String path, Behaviour behaviour) {
    behaviours.put(path, behaviour);
    return this;
  }

  /** From now on, such a path answers never. */
  Outside silent(String path) {
    return on(
        path,
        _ -> {
          closing.await();
          return Said.json(503, "{}");
        });
  }

  List<Received> received(String path) {
    return received.stream().filter(it -> it.path().startsWith(path)).toList();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Received request =
          new Received(
              exchange.getRequestMethod(),
              path,
              Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
              Map.copyOf(exchange.getRequestHeaders()),
              body);
      received.add(request);
      Said said = answer(request);
      byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", said.type());
      said.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Said answer(Received request) throws IOException {
    Optional<Behaviour> behaviour =
        behaviours.entrySet().stream()
            .filter(it -> request.path().startsWith(it.getKey()))
            .max(Comparator.comparingInt(it -> it.getKey().length()))
            .map(Map.Entry::getValue);
    try {
      return behaviour.isEmpty()
          ? Said.json(404, "{\"message\":\"nothing here\"}")
          : behaviour.get().answer(request);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
