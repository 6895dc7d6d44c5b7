package io.signalbox.bench.crash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.Bench;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Scratch;
import io.signalbox.bench.kit.WrongUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * 200 runs of ten steps at once, each step a row in a table outside; the server is killed at 20
 * random moments. Every run must end completed and no step be missing; a row that is there twice
 * must have its twin's key and span a kill. Then the same with a tool that can be probed: no row
 * may be there twice. Exit 1 when a promise is broken.
 */
public final class CrashBench implements Bench {
  @Override
  public Set<String> options() {
    return Set.of("runs", "kills", "seed", "only");
  }

  @Override
  public int run(Options options) throws IOException, InterruptedException {
    Crashes.Plan plan =
        new Crashes.Plan(
            options.number("runs", options.quick() ? 50 : 200),
            10,
            options.number("kills", options.quick() ? 4 : 20),
            seed(options));
    Progress.say("seed " + plan.seed());
    List<Verdict> verdicts = new ArrayList<>();
    try (Scratch scratch = Scratch.make();
        Postgres postgres = Postgres.start(scratch.folder().resolve("postgres"))) {
      for (String policy : options.text("only").orElse("idempotent,probe").split(",", -1)) {
        verdicts.add(Crashes.play(plan, policy, scratch.folder(), postgres));
      }
    }
    if (options.json()) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      ArrayNode passes = result.putArray("passes");
      verdicts.forEach(it -> passes.add(it.json()));
      System.out.println(result);
    } else {
      verdicts.forEach(it -> System.out.print(it.line()));
    }
    return verdicts.stream().allMatch(it -> it.broken().isEmpty()) ? 0 : 1;
  }

  private static long seed(Options options) {
    try {
      return options.text("seed").map(Long::parseLong).orElseGet(System::nanoTime);
    } catch (NumberFormatException e) {
      throw new WrongUsage("--seed takes a number");
    }
  }
}
