package io.signalbox.bench;

import io.signalbox.bench.crash.CrashBench;
import io.signalbox.bench.governance.GovernanceBench;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.WrongUsage;
import io.signalbox.bench.listen.ListenBench;
import io.signalbox.bench.quota.QuotaBench;
import io.signalbox.bench.runs.RunsBench;
import io.signalbox.bench.steps.StepsBench;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The benchmarks' entry: {@code NAME [--quick] [--json]}; exit 0, 2 for wrong usage, else 1. */
public final class Main {
  private static final Map<String, Bench> BENCHES =
      new TreeMap<>(
          Map.of(
              "crash",
              new CrashBench(),
              "governance",
              new GovernanceBench(),
              "listen",
              new ListenBench(),
              "quota",
              new QuotaBench(),
              "runs",
              new RunsBench(),
              "steps",
              new StepsBench()));

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    // the benchmark's own log; servers are processes of their own and have theirs
    System.setProperty("logback.configurationFile", "bench-log.xml");
    System.exit(run(arguments));
  }

  private static int run(String... arguments) throws InterruptedException {
    Bench bench = arguments.length == 0 ? null : BENCHES.get(arguments[0]);
    if (bench == null) {
      System.err.println(
          "signalbox: bench takes one of "
              + String.join(", ", BENCHES.keySet())
              + ", then --quick, --json and options of its own");
      return 2;
    }
    try {
      List<String> rest = Stream.of(arguments).skip(1).toList();
      return bench.run(Options.of(rest, bench.options()));
    } catch (WrongUsage e) {
      System.err.println("signalbox: bench " + arguments[0] + ": " + e.getMessage());
      return 2;
    } catch (IOException e) {
      System.err.println(
          "signalbox: bench " + Arrays.toString(arguments) + " broke off: " + e.getMessage());
      e.printStackTrace(System.err);
      return 1;
    }
  }
}
