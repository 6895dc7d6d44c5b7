package io.signalbox.bench.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.Bench;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Scratch;
import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One run with 10, 100, ... 100 000 steps, by a flow directive and by {@code for}: time, rows and
 * bytes a step, beyond what a run without steps takes; then the server is killed, and the time is
 * taken until the longest run, which is in mid-way, answers again.
 */
public final class StepsBench implements Bench {
  /** Steps measured of each level at least, and warmed up with before the first. */
  private static final int FEW = 10_000;

  private static final int WARM_UP = 1500;
  private static final int EMPTY = 300;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String DONE = "\"status\":\"completed\"";

  @Override
  public Set<String> options() {
    return Set.of("levels", "loops");
  }

  @Override
  public int run(Options options) throws IOException, InterruptedException {
    List<Integer> levels =
        Arrays.stream(
                options
                    .text("levels")
                    .orElse(options.quick() ? "10,100,1000,10000" : "10,100,1000,10000,100000")
                    .split(","))
            .map(Integer::valueOf)
            .toList();
    Set<String> loops = Set.of(options.text("loops").orElse("goto,for").split(","));
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    try (Scratch scratch = Scratch.make();
        Postgres postgres = Postgres.start(scratch.folder().resolve("postgres"))) {
      for (Loops loop : Loops.all()) {
        if (loops.contains(loop.text())) {
          Postgres.Base base = postgres.fresh("steps_" + loop.text());
          result.set(loop.text(), measure(scratch.folder(), base, loop, levels));
        }
      }
    }
    if (options.json()) {
      System.out.println(result);
    } else {
      System.out.print(Table.of(result));
    }
    return 0;
  }

  private static ObjectNode measure(
      Path folder, Postgres.Base base, Loops loop, List<Integer> levels)
      throws IOException, InterruptedException {
    Path data = folder.resolve(loop.text());
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Server server = Server.start(data, base, List.of());
    try (Wire wire = server.connect()) {
      loop.deploy(wire);
      Progress.say(loop.text() + ": warming up");
      for (int i = 0; i < WARM_UP; i++) {
        // starting and stepping, both
        run(wire, base, loop, "warm-" + i, i % 3 == 0 ? 100 : 10);
      }
      ObjectNode steps = result.putObject("steps");
      for (int level : levels) {
        int count = Math.max(1, FEW / level);
        Cost empty = runs(wire, base, loop, 0, EMPTY);
        Cost cost = runs(wire, base, loop, level, count).minus(empty).by(level);
        steps.set(Integer.toString(level), cost.json());
        Progress.say(loop.text() + ", " + level + " steps: " + cost.json());
      }
      String longest = "long-" + loop.text();
      begin(wire, loop, longest, levels.getLast());
      awaitRows(base, longest, levels.getLast() * 9L / 10);
    }
    server.kill();
    result.setAll(recovery(data, base, "long-" + loop.text()));
    return result;
  }

  /** The average cost of a run with so many steps. */
  private static Cost runs(Wire wire, Postgres.Base base, Loops loop, int steps, int count)
      throws IOException {
    Cost before = Cost.stored(base);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      run(wire, base, loop, "run-" + steps + "-" + began + "-" + i, steps);
    }
    double millis = (System.nanoTime() - began) / 1e6;
    return Cost.stored(base).minus(before).during(millis).by(count);
  }

  private static void run(Wire wire, Postgres.Base base, Loops loop, String id, int steps)
      throws IOException {
    if (begin(wire, loop, id, steps).contains(DONE)) {
      return;
    }
    // a long run is looked for where looking does not slow it down
    String sql = "select count(*) from run_view where status = 'completed' and id = '" + id + "'";
    while (base.numbers(sql)[0] == 0) {
      pause();
    }
  }

  /** Starts it, and waits a while for its end where it is short. */
  private static String begin(Wire wire, Loops loop, String id, int steps) throws IOException {
    String wait = steps <= 1000 ? "?wait=PT60S" : "";
    Wire.Answer answer = wire.post("/v1/runs" + wait, loop.order(id, steps), "application/json");
    if (answer.status() != 201) {
      throw new IOException("run " + id + " was answered " + head(answer));
    }
    return answer.body();
  }

  private static String head(Wire.Answer answer) {
    String body = answer.body();
    return answer.status() + " " + body.substring(0, Math.min(300, body.length()));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void awaitRows(Postgres.Base base, String run, long rows) throws IOException {
    String sql =
        "select coalesce(max(sequence_number), 0) from event_journal where persistence_id ="
            + " 'run|default|"
            + run
            + "'";
    while (base.numbers(sql)[0] < rows) {
      pause();
    }
  }

  private static ObjectNode recovery(Path data, Postgres.Base base, String run)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    try (Server server = Server.start(data, base, List.of());
        Wire wire = server.connect()) {
      long up = System.nanoTime();
      wire.get("/v1/runs/warm-0"); // what a cold server's first answer takes is no recovery
      long ready = System.nanoTime();
      Wire.Answer answer = wire.get("/v1/runs/" + run);
      long answered = System.nanoTime();
      if (answer.status() != 200) {
        throw new IOException("the recovered run was answered " + head(answer));
      }
      while (!wire.get("/v1/runs/" + run).body().contains(DONE)) {
        pause();
      }
      return JsonNodeFactory.instance
          .objectNode()
          .put("serverStartMs", Cost.round((up - started) / 1e6))
          .put("firstAnswerMs", Cost.round((ready - up) / 1e6))
          .put("recoveryMs", Cost.round((answered - ready) / 1e6));
    }
  }
}
