package io.signalbox.bench.quota;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.Bench;
import io.signalbox.bench.kit.Load;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Scratch;
import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Runs of twenty counted calls at once, of one tenant, as many at a time as asked: how many
 * decisions (a reservation and its settlement are one each) its keeper of quotas makes a second,
 * and in how many rows of the journal. The whole way is measured: the runs and their calls are
 * there too, on the same machine, so the keeper alone could do more.
 */
public final class QuotaBench implements Bench {
  private static final int CALLS = 20;
  private static final String RUN =
      """
      {"workflow": {"namespace": "bench", "name": "counted"}}""";

  @Override
  public Set<String> options() {
    return Set.of("callers", "seconds");
  }

  @Override
  public int run(Options options) throws IOException, InterruptedException {
    int callers = options.number("callers", 24);
    int seconds = options.number("seconds", options.quick() ? 10 : 30);
    try (Scratch scratch = Scratch.make();
        Postgres postgres = Postgres.start(scratch.folder().resolve("postgres"))) {
      Postgres.Base base = postgres.fresh("quota");
      try (Server server = Server.start(scratch.folder().resolve("ours"), base, List.of())) {
        deploy(server);
        Progress.say("warming up");
        load(server, 16, Duration.ofSeconds(5));
        load(server, callers, Duration.ofSeconds(options.quick() ? 5 : 15));
        long[] before = journal(base);
        long begun = System.nanoTime();
        Load.Figures figures = load(server, callers, Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begun) / 1e9;
        long[] after = journal(base);
        double decisions = after[1] - before[1];
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("callers", callers);
        result.put("decisionsPerSecond", Math.round(decisions / took));
        result.put("journalRowsPerSecond", Math.round((after[0] - before[0]) / took));
        result.put("decisionsPerRow", Math.round(decisions / (after[0] - before[0]) * 10) / 10.0);
        result.put("runsPerSecond", Math.round(figures.perSecond() * 10) / 10.0);
        if (options.json()) {
          System.out.println(result);
        } else {
          result
              .properties()
              .forEach(it -> System.out.printf("%-22s %s%n", it.getKey(), it.getValue()));
        }
      }
    }
    return 0;
  }

  /** Rows of the keeper's journal, and what it has decided in them. */
  private static long[] journal(Postgres.Base base) throws IOException {
    return base.numbers(
        "select count(*), coalesce(sum((select count(*) from regexp_matches("
            + "convert_from(event_payload, 'UTF8'),"
            + " '\"fact\":\"(reserved|settled|returned|kept)\"', 'g'))), 0)"
            + " from event_journal where persistence_id like 'quota|%'");
  }

  private static Load.Figures load(Server server, int callers, Duration measure)
      throws IOException, InterruptedException {
    return Load.run(callers, Duration.ZERO, measure, _ -> new Caller(server.connect()));
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

  private static void deploy(Server server) throws IOException {
    StringBuilder yaml =
        new StringBuilder(
            "document: {dsl: '1.0.3', namespace: bench, name: counted, version: '1.0.0'}\n"
                + "do:\n  - all:\n      fork:\n        branches:\n");
    for (int call = 1; call <= CALLS; call++) {
      yaml.append("          - call")
          .append(call)
          .append(": {call: tool, with: {tool: echo, arguments: {n: 1}}}\n");
    }
    try (Wire wire = server.connect()) {
      check(
          wire.put(
              "/v1/budgets/hot",
              """
              {"scope": "tool:echo", "limits": {"calls": 1000000000}, "concurrency": 100000}"""));
      check(wire.post("/v1/workflows", yaml.toString(), "application/yaml"));
    }
  }

  private static void check(Wire.Answer answer) throws IOException {
    if (answer.status() >= 300) {
      throw new IOException("the server refused: " + answer);
    }
  }
}
