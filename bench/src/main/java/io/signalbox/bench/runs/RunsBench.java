package io.signalbox.bench.runs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.Bench;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs of five sequential outside steps, 1, 32 and 256 at a time; beside them, in the same minutes
 * on the same database, what the database commits and what two peers reach.
 */
public final class RunsBench implements Bench {
  static final int STEPS = 5;

  /**
   * How long and with how many. Each contender first runs a whole level at the highest number that
   * does not count: compilers get the same time to warm up.
   */
  record Plan(List<Integer> levels, Duration warmUp, Duration measure) {
    Plan {
      levels = List.copyOf(levels);
    }

    int highest() {
      return Collections.max(levels);
    }

    Duration oneLevel() {
      return warmUp.plus(measure);
    }
  }

  @Override
  public Set<String> options() {
    return Set.of("seconds", "levels", "only", "record");
  }

  @Override
  public int run(Options options) throws IOException, InterruptedException {
    Plan plan =
        new Plan(
            Arrays.stream(options.text("levels").orElse("1,32,256").split(","))
                .map(Integer::valueOf)
                .toList(),
            Duration.ofSeconds(options.quick() ? 8 : 15),
            Duration.ofSeconds(options.number("seconds", options.quick() ? 12 : 30)));
    Set<String> parts =
        Set.of(options.text("only").orElse("limit,ours,dbos-java,restate").split(","));
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    try (Scratch scratch = Scratch.make();
        Postgres postgres = Postgres.start(scratch.folder().resolve("postgres"))) {
      Map<Integer, ObjectNode> ours = new TreeMap<>();
      if (parts.contains("ours")) {
        ours.putAll(
            Ours.measure(
                scratch.folder(),
                postgres,
                plan,
                options.text("record").map(Path::of).map(Path::toAbsolutePath)));
      }
      ObjectNode levels = result.putObject("ours");
      ours.forEach((callers, figures) -> levels.set(callers.toString(), figures));
      ObjectNode peers = result.putObject("peers");
      Peers.measure(scratch.folder(), postgres, plan, parts, peers);
      limit(scratch.folder(), postgres, plan, parts, result);
    }
    Ratios.add(result);
    if (options.json()) {
      System.out.println(result);
    } else {
      System.out.print(Table.of(result));
    }
    return 0;
  }

  private static void limit(
      Path folder, Postgres postgres, Plan plan, Set<String> parts, ObjectNode result)
      throws IOException, InterruptedException {
    ObjectNode limit = result.putObject("limit");
    if (!parts.contains("limit")) {
      return;
    }
    CommitLimit commits = new CommitLimit(postgres.fresh("commits"), plan.measure().dividedBy(2));
    result.put("limitTool", commits.tool());
    for (int clients : plan.levels()) {
      limit.put(Integer.toString(clients), Math.round(commits.rowsPerSecond(folder, clients)));
    }
  }
}
