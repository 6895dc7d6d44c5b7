package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Serves the stand-ins on loopback; every answer carries the header {@code X-Sandbox}. */
public final class SandboxServer implements AutoCloseable {
  private static final Set<String> SECRET = Set.of("authorization", "cookie");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock turn = new ReentrantLock();
  private final Journal journal;
  private final Disturbances disturbances = new Disturbances();
  private final Map<String, Service> services;
  private final Controls controls;

  private SandboxServer(HttpServer http, Journal journal, List<Service> services) {
    this.http = http;
    this.journal = journal;
    this.services = services.stream().collect(Collectors.toMap(Service::name, Function.identity()));
    this.controls = new Controls(journal, disturbances);
  }

  /** Starts serving; port 0 takes any free one. */
  public static SandboxServer start(int port, Journal journal, List<Service> services)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    SandboxServer server = new SandboxServer(http, journal, services);
    http.setExecutor(server.threads);
    http.createContext("/", server::serve);
    http.start();
    return server;
  }

  /** Where it serves, such as {@code http://127.0.0.1:7430}. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Incoming incoming = Incoming.read(exchange, url());
      if (incoming.service().equals("_sandbox")) {
        incoming.reply(controls.answer(incoming.request()));
        return;
      }
      Optional<Service> service = Optional.ofNullable(services.get(incoming.service()));
      if (service.isPresent()) {
        serve(incoming, service.get());
      } else {
        incoming.reply(
            Answer.text(incoming.service().isEmpty() ? 200 : 404, "text/plain", hello()));
      }
    }
  }

  private void serve(Incoming incoming, Service service) throws IOException {
    String operation = service.operation(incoming.request());
    Handled handled = handle(incoming, service, operation);
    Optional<Disturbances.Hold> hold = disturbances.takeHold(service.name(), operation);
    if (hold.isPresent() && !hold.get().await()) {
      journal.answered(handled.seq(), "lost");
      return; // closing the exchange breaks the connection
    }
    try {
      incoming.reply(handled.answer());
      journal.answered(handled.seq(), "delivered");
    } catch (IOException gone) {
      journal.answered(handled.seq(), "lost");
      throw gone;
    }
  }

  private record Handled(long seq, Answer answer) {}

  /** One request at a time: what it brings about is on disk before anyone is told. */
  private Handled handle(Incoming incoming, Service service, String operation) {
    turn.lock();
    try {
      Answer answer = decide(incoming.request(), service, operation);
      long seq = journal.next();
      journal.add(received(seq, incoming, service, operation, answer));
      return new Handled(seq, answer);
    } finally {
      turn.unlock();
    }
  }

  private Answer decide(Request request, Service service, String operation) {
    if (disturbances.down(service.name())) {
      return service.down();
    }
    return disturbances
        .takeLimit(service.name(), operation)
        .map(service::limited)
        .orElseGet(() -> service.answer(request));
  }

  private static Received received(
      long seq, Incoming incoming, Service service, String operation, Answer answer) {
    ObjectNode headers = Json.object();
    incoming
        .request()
        .headers()
        .forEach((name, value) -> headers.put(name, SECRET.contains(name) ? "(set)" : value));
    JsonNode json = incoming.request().json();
    return new Received(
        seq,
        Instant.now().toString(),
        service.name(),
        operation,
        incoming.request().method(),
        incoming.pathAndQuery(),
        headers,
        json.isMissingNode() ? TextNode.valueOf(incoming.request().body()) : json,
        answer.status(),
        answer.effects());
  }

  private static String hello() {
    return """
        This is a sandbox of Signalbox: a stand-in for GitHub (/github), Jira (/jira) and Slack
        (/slack/api) on this machine. Nothing sent here reaches the real services.
        What it received: /_sandbox/received
        """;
  }

  @Override
  public void close() throws IOException {
    disturbances.release(true);
    http.stop(0);
    threads.shutdown();
    try {
      // a client may have its answer while the line that says so is still to be written
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}
