package io.signalbox.bench.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.kit.Command;
import io.signalbox.bench.kit.Load;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Wire;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two durable-workflow engines that do the same five steps; see {@code bench/peers}. */
final class Peers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration INSTALL = Duration.ofMinutes(5);

  private final Path home = Path.of(System.getProperty("signalbox.home", "."), "bench", "peers");
  private final RunsBench.Plan plan;

  private Peers(RunsBench.Plan plan) {
    this.plan = plan;
  }

  static void measure(
      Path folder, Postgres postgres, RunsBench.Plan plan, Set<String> parts, ObjectNode result)
      throws IOException, InterruptedException {
    Peers peers = new Peers(plan);
    if (parts.contains("dbos-java")) {
      peers.dbos(postgres.fresh("dbos"), result.putObject("dbos-java"));
    }
    if (parts.contains("restate")) {
      peers.restate(folder, result.putObject("restate"));
    }
  }

  /** In its own process, as it is meant to be used: the library within the application. */
  private void dbos(Postgres.Base base, ObjectNode result)
      throws IOException, InterruptedException {
    Path own = home.resolve("dbos-java");
    if (!Files.isDirectory(own.resolve("target/lib"))) {
      Progress.say("dbos-java: building it");
      Command.run(
          own,
          INSTALL,
          Map.of(),
          List.of(System.getProperty("signalbox.mvn", "mvn"), "-q", "package"));
    }
    String levels =
        Stream.concat(Stream.of(plan.highest()), plan.levels().stream())
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    Progress.say("dbos-java: measuring");
    String said =
        Command.run(
            own,
            plan.oneLevel().multipliedBy(plan.levels().size() + 1L).plusSeconds(120),
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                "target/classes" + File.pathSeparator + "target/lib/*",
                "io.signalbox.bench.peers.Dbos",
                "--db-url",
                base.url(),
                "--user",
                base.user(),
                "--password",
                base.password(),
                "--levels",
                levels,
                "--warmup",
                Long.toString(plan.warmUp().toSeconds()),
                "--seconds",
                Long.toString(plan.measure().toSeconds())));
    for (String line : said.lines().filter(l -> l.startsWith("{")).skip(1).toList()) {
      JsonNode found = JSON.readTree(line);
      put(
          result,
          "dbos-java",
          new Level(
              found.path("level").asInt(),
              found.path("runsPerSecond").asDouble(),
              found.path("p50Ms").asDouble(),
              found.path("p99Ms").asDouble()));
    }
  }

  private void restate(Path folder, ObjectNode result) throws IOException, InterruptedException {
    Path own = home.resolve("restate");
    if (!Files.isDirectory(own.resolve("node_modules"))) {
      Progress.say("restate: installing it");
      Command.run(own, INSTALL, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
    }
    Process process =
        new ProcessBuilder("node", "start.mjs", "--data", folder.toString())
            .directory(own.toFile())
            .redirectError(folder.resolve("restate.log").toFile())
            .start();
    try {
      URI ingress = ready(process);
      load(ingress, plan.highest(), Duration.ZERO, plan.oneLevel());
      for (int callers : plan.levels()) {
        put(result, "restate", Level.of(load(ingress, callers, plan.warmUp(), plan.measure())));
      }
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static URI ready(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        return URI.create(line.substring("ready ".length()).strip());
      }
    }
    throw new IOException("restate did not start");
  }

  private static Load.Figures load(URI ingress, int callers, Duration warmUp, Duration measure)
      throws IOException, InterruptedException {
    return Load.run(callers, warmUp, measure, _ -> new Caller(Wire.open(ingress, ""), ingress));
  }

  private record Caller(Wire wire, URI ingress) implements Load.Caller {
    @Override
    public void call() throws IOException {
      Wire.Answer answer =
          wire.post(ingress.getPath(), "{\"order\":17,\"note\":\"x\"}", "application/json");
      if (answer.status() != 200) {
        throw new IOException("restate answered " + answer);
      }
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  private static void put(ObjectNode result, String peer, Level level) {
    Progress.say(
        String.format(
            "%s, %d at a time: %.0f runs/s, p50 %.1f ms, p99 %.1f ms",
            peer, level.callers(), level.runsPerSecond(), level.p50Ms(), level.p99Ms()));
    result.set(Integer.toString(level.callers()), level.json());
  }
}
