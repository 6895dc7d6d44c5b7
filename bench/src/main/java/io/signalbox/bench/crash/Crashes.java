package io.signalbox.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import io.signalbox.boot.postgres.Pause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One pass: all runs at once, and the server killed after so many more rows, again and again. */
final class Crashes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How many runs, how long, and how many kills, at moments that come from the seed. */
  record Plan(int runs, int steps, int kills, long seed) {
    /** After how many more rows the server is killed, each time. */
    List<Integer> strides() {
      SplittableRandom random = new SplittableRandom(seed);
      List<Integer> strides = new ArrayList<>();
      for (int i = 0; i < kills; i++) {
        strides.add(1 + random.nextInt(Math.max(1, runs * steps / kills)));
      }
      return strides;
    }
  }

  private final Plan plan;
  private final Path data;
  private final Postgres.Base base;
  private final Sink sink;
  private final List<Integer> unstarted = new ArrayList<>();

  private Crashes(Plan plan, Path data, Postgres.Base base, Sink sink) {
    this.plan = plan;
    this.data = data;
    this.base = base;
    this.sink = sink;
    for (int i = 0; i < plan.runs(); i++) {
      unstarted.add(i);
    }
  }

  /**
   * Plays the pass.
   *
   * @param policy what the tool declares for an unknown outcome: idempotent or probe
   */
  static Verdict play(Plan plan, String policy, Path folder, Postgres postgres)
      throws IOException, InterruptedException {
    Postgres.Base outside = postgres.fresh("sink_" + policy);
    Postgres.Base base = postgres.fresh("crash_" + policy);
    long begun = System.nanoTime();
    try (Sink sink = new Sink(outside)) {
      Crashes pass = new Crashes(plan, folder.resolve("crash-" + policy), base, sink);
      int completed = pass.run(policy);
      return Verdict.of(plan, policy, completed, outside, (System.nanoTime() - begun) / 1e9);
    }
  }

  private int run(String policy) throws IOException, InterruptedException {
    try (Server first = start()) {
      prepare(first, policy);
    }
    int killed = 0;
    for (int stride : plan.strides()) {
      live(stride);
      killed++;
      Progress.say(policy + ": kill " + killed + " of " + plan.kills() + " at row " + sink.rows());
    }
    try (Server last = start()) {
      begin(last);
      return completed(last);
    }
  }

  /** One life of the server, until so many more rows are there, or all of them. */
  private void live(int stride) throws IOException, InterruptedException {
    Server server = start();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long target = Math.min(sink.rows() + stride, (long) plan.runs() * plan.steps());
      Future<?> begins =
          threads.submit(
              () -> {
                begin(server);
                return true;
              });
      try {
        await("row " + target, () -> sink.rows() >= target);
      } finally {
        server.kill();
      }
      begins.get();
    } catch (ExecutionException e) {
      Progress.say("the kill came while runs were being started: " + e.getCause());
    }
  }

  private Server start() throws IOException {
    sink.lifeBegins();
    return Server.start(data, base, List.of());
  }

  private void prepare(Server server, String policy) throws IOException {
    String tool =
        """
        {"kind": "http", "description": "Appends a row", "risk": "write", "timeout": "PT20S",
         "onUnknownOutcome": "%s",
         "config": {"method": "post", "url": "%s", "idempotencyHeader": "%s",
                    "probe": {"url": "%s/{idempotencyKey}"}}}"""
            .formatted(policy, sink.url(), Sink.KEY_HEADER, sink.url());
    StringBuilder yaml =
        new StringBuilder(
            "document: {dsl: '1.0.3', namespace: bench, name: crash, version: '1.0.0'}\ndo:\n");
    for (int step = 1; step <= plan.steps(); step++) {
      yaml.append(
          """
            - step%d:
                call: tool
                with: {tool: append, arguments: {run: '${ $workflow.id }', step: %d}}
          """
              .formatted(step, step));
    }
    try (Wire wire = server.connect()) {
      ask(() -> wire.put("/v1/tools/append", tool), 200, 201);
      ask(() -> wire.post("/v1/workflows", yaml.toString(), "application/yaml"), 200, 201);
    }
  }

  /** Starts what an earlier life of the server did not come to; what it did is known by its id. */
  private void begin(Server server) throws IOException {
    try (Wire wire = server.connect()) {
      while (!unstarted.isEmpty()) {
        String run =
            "{\"workflow\": {\"namespace\": \"bench\", \"name\": \"crash\"}, \"id\": \"crash-%d\"}"
                .formatted(unstarted.getLast());
        ask(() -> wire.post("/v1/runs", run, "application/json"), 201, 409);
        unstarted.removeLast();
      }
    }
  }

  /** Waits until every run has ended; answers how many are completed. */
  private int completed(Server server) throws IOException {
    int completed = 0;
    try (Wire wire = server.connect()) {
      for (int i = 0; i < plan.runs(); i++) {
        String path = "/v1/runs/crash-" + i;
        String[] status = {""};
        await(
            path + " ends",
            () -> {
              JsonNode run = JSON.readTree(wire.get(path).body());
              status[0] = run.path("status").asText();
              return List.of("completed", "faulted", "cancelled").contains(status[0]);
            });
        completed += status[0].equals("completed") ? 1 : 0;
      }
    }
    return completed;
  }

  private interface Look {
    boolean there() throws IOException;
  }

  private static void await(String what, Look look) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!look.there()) {
      if (System.nanoTime() > end) {
        throw new IOException("not within " + PATIENCE + ": " + what);
      }
      Pause.of(PACE);
    }
  }

  private interface Request {
    Wire.Answer send() throws IOException;
  }

  /** Asks again while the server is not ready, which it may be for a moment. */
  private static void ask(Request request, Integer... wanted) throws IOException {
    Wire.Answer[] answer = {request.send()};
    await(
        "the server is ready",
        () -> {
          if (answer[0].status() == 503) {
            answer[0] = request.send();
          }
          return answer[0].status() != 503;
        });
    if (!List.of(wanted).contains(answer[0].status())) {
      throw new IOException("not expected: " + answer[0]);
    }
  }
}
