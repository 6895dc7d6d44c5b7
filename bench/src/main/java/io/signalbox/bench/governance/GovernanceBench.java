package io.signalbox.bench.governance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.bench.Bench;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Scratch;
import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * The same journalled call of the same service by two tools of one server, in turn: one under a
 * narrow key with a role, policies, schemas, budgets, guardrails and declared trust, one under none
 * of it. Measured is what the first takes longer.
 */
public final class GovernanceBench implements Bench {
  private static final byte[] OK = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);

  @Override
  public Set<String> options() {
    return Set.of("rate", "seconds", "warmup", "seed");
  }

  @Override
  public int run(Options options) throws IOException, InterruptedException {
    int rate = options.number("rate", 350);
    int seconds = options.number("seconds", options.quick() ? 15 : 45);
    int warmUp = options.number("warmup", options.quick() ? 10 : 20);
    HttpServer outside = outside();
    try (Scratch scratch = Scratch.make();
        Postgres postgres = Postgres.start(scratch.folder().resolve("postgres"));
        Server server =
            Server.start(
                scratch.folder().resolve("ours"), postgres.fresh("governance"), List.of())) {
      String secret = Setting.make(server, "http://127.0.0.1:" + outside.getAddress().getPort());
      String narrow = "Authorization: Bearer " + secret + "\r\n";
      try (Pace pace =
          new Pace(64, () -> Wire.open(server.address(), narrow), () -> server.connect())) {
        Progress.say("warming up");
        pace.run(warmUp / 2, Math.max(2, rate / 4)); // a cold server is not hurried
        pace.run(warmUp, rate);
        Progress.say("measuring");
        tell(options, rate, pace.run(seconds, rate));
      }
    } finally {
      outside.stop(0);
    }
    return 0;
  }

  private static void tell(Options options, int rate, List<Pace.Second> seconds) {
    long seed = options.number("seed", 1);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("perSecond", rate).put("seconds", seconds.size());
    result.put("calls", seconds.stream().mapToInt(it -> it.governed().size()).sum());
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%-6s %12s %12s %12s %24s%n",
            "", "governed ms", "free ms", "added ms", "95 % interval"));
    for (double quantile : new double[] {0.5, 0.9, 0.99}) {
      Added it = Added.at(quantile, seconds, seed);
      String name = "p" + Math.round(quantile * 100);
      result
          .putObject(name)
          .put("governedMs", it.governedMs())
          .put("freeMs", it.freeMs())
          .put("addedMs", it.addedMs())
          .put("fromMs", it.fromMs())
          .put("toMs", it.toMs());
      table.append(
          String.format(
              Locale.ROOT,
              "%-6s %12.2f %12.2f %12.2f %12.2f to %8.2f%n",
              name,
              it.governedMs(),
              it.freeMs(),
              it.addedMs(),
              it.fromMs(),
              it.toMs()));
    }
    if (options.json()) {
      System.out.println(result);
    } else {
      System.out.print(table);
    }
  }

  private static HttpServer outside() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, OK.length);
            exchange.getResponseBody().write(OK);
          }
        });
    server.start();
    return server;
  }
}
