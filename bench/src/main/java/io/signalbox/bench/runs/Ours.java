package io.signalbox.bench.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.kit.Load;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway: each step a granted, journalled call of the built-in tool {@code echo}. */
final class Ours {
  private static final String RUN =
      """
      {"workflow": {"namespace": "bench", "name": "five"}, "input": {"order": 17, "note": "x"}}""";

  /** The longest time between two checkpoints of the journal made since one. */
  private static final String GAP =
      "select coalesce(ceil(max(gap)), 0) from (select 1000 * extract(epoch from at - lag(at) over"
          + " (order by number)) as gap from audit_checkpoint where number > ";

  private final Map<Integer, ObjectNode> levels = new LinkedHashMap<>();

  private final Postgres postgres;

  private Ours(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Figures by number of callers. */
  static Map<Integer, ObjectNode> measure(
      Path folder, Postgres postgres, RunsBench.Plan plan, Optional<Path> record)
      throws IOException, InterruptedException {
    Ours ours = new Ours(postgres);
    Postgres.Base base = postgres.fresh("ours");
    List<String> flags =
        record
            .map(
                file ->
                    List.of(
                        "-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms,filename="
                            + file))
            .orElse(List.of());
    try (Server server = Server.start(folder.resolve("ours"), base, flags)) {
      deploy(server);
      Progress.say("signalbox: warming up");
      load(server, 32, Duration.ZERO, Duration.ofSeconds(5)); // cold, many at once wait too long
      load(server, plan.highest(), Duration.ZERO, plan.oneLevel());
      for (int callers : plan.levels()) {
        ours.level(server, base, callers, plan);
      }
    }
    return ours.levels;
  }

  private void level(Server server, Postgres.Base base, int callers, RunsBench.Plan plan)
      throws IOException, InterruptedException {
    long[] before = journal(base);
    Duration serverBefore = server.processorTime();
    Duration databaseBefore = postgres.processorTime();
    long checkpoint = base.numbers("select coalesce(max(number), 0) from audit_checkpoint")[0];
    long begun = System.nanoTime();
    Load.Figures figures = load(server, callers, plan.warmUp(), plan.measure());
    Duration serverTook = server.processorTime().minus(serverBefore);
    Duration databaseTook = postgres.processorTime().minus(databaseBefore);
    long[] after = journal(base);
    long gap = base.numbers(GAP + checkpoint + ") made")[0];
    double runs = Math.max(1, after[2] - before[2]);
    Level level = Level.of(figures);
    Progress.say(
        String.format(
            "signalbox, %d at a time: %.0f runs/s, p50 %.1f ms, p99 %.1f ms; a run took %.2f ms of"
                + " processor time here, %.2f ms in the database; checkpoints at most %d ms apart"
                + " (%.0f s)",
            callers,
            level.runsPerSecond(),
            level.p50Ms(),
            level.p99Ms(),
            serverTook.toNanos() / 1e6 / runs,
            databaseTook.toNanos() / 1e6 / runs,
            gap,
            (System.nanoTime() - begun) / 1e9));
    levels.put(
        callers,
        level
            .json()
            .put("serverCpuMsPerRun", hundredth(serverTook.toNanos() / 1e6 / runs))
            .put("databaseCpuMsPerRun", hundredth(databaseTook.toNanos() / 1e6 / runs))
            .put("checkpointGapMs", gap)
            .put("rowsPerRun", Level.tenth((after[0] - before[0]) / runs))
            .put("bytesPerRun", Math.round((after[1] - before[1]) / runs)));
  }

  private static Load.Figures load(Server server, int callers, Duration warmUp, Duration measure)
      throws IOException, InterruptedException {
    return Load.run(callers, warmUp, measure, _ -> new Caller(server.connect()));
  }

  private record Caller(Wire wire) implements Load.Caller {
    @Override
    public void call() throws IOException {
      Wire.Answer answer = wire.post("/v1/runs?wait=PT60S", RUN, "application/json");
      if (answer.status() != 201 || !answer.body().contains("\"status\":\"completed\"")) {
        throw new IOException("a run was answered " + answer);
      }
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  private static double hundredth(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** Rows, bytes of their payload, and runs in the journal. */
  private static long[] journal(Postgres.Base base) throws IOException {
    return base.numbers(
        "select count(*), coalesce(sum(length(event_payload)), 0), count(distinct persistence_id)"
            + " from event_journal where persistence_id like 'run|%'");
  }

  private static void deploy(Server server) throws IOException {
    StringBuilder yaml =
        new StringBuilder(
            "document: {dsl: '1.0.3', namespace: bench, name: five, version: '1.0.0'}\ndo:\n");
    for (int step = 1; step <= RunsBench.STEPS; step++) {
      yaml.append("  - step")
          .append(step)
          .append(
              ": {call: tool, with: {tool: echo, arguments: {order: '${ .order }', note: '${ .note }'}}}\n");
    }
    try (Wire wire = server.connect()) {
      Wire.Answer answer = wire.post("/v1/workflows", yaml.toString(), "application/yaml");
      if (answer.status() >= 300) {
        throw new IOException("the workflow was refused: " + answer);
      }
    }
  }
}
