package io.signalbox.bench.listen;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.Bench;
import io.signalbox.bench.kit.Options;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import io.signalbox.bench.kit.Scratch;
import io.signalbox.bench.kit.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ten thousand runs wait for an event, each for its own, and leave memory; then events come at a
 * steady pace. Measured are the heap after a full collection before and with them, and the time
 * from the 202 of an event to the journal row that completes its run.
 */
public final class ListenBench implements Bench {
  private static final int WARM_UP = 500;
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public Set<String> options() {
    return Set.of("runs", "events", "rate", "idle", "record");
  }

  @Override
  public int run(Options options) throws IOException, InterruptedException {
    int runs = options.number("runs", options.quick() ? 2000 : 10_000);
    int events = Math.min(runs, options.number("events", options.quick() ? 200 : 500));
    int rate = options.number("rate", 50);
    int idle = options.number("idle", options.quick() ? 5 : 30);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    try (Scratch scratch = Scratch.make();
        Postgres postgres = Postgres.start(scratch.folder().resolve("postgres"))) {
      Postgres.Base base = postgres.fresh("listen");
      Path settings = scratch.folder().resolve("settings.conf");
      Files.writeString(settings, "signalbox.runtime.runs.idle = " + idle + " s\n");
      List<String> flags =
          options
              .text("record")
              .map(
                  file ->
                      List.of(
                          "-XX:StartFlightRecording=settings=profile,filename="
                              + Path.of(file).toAbsolutePath()))
              .orElse(List.of());
      try (Server server =
          Server.start(
              scratch.folder().resolve("ours"), base, flags, "--config", settings.toString())) {
        measure(new Waiting(server, base), new Heap(server.pid()), runs, events, rate, result);
      }
    }
    if (options.json()) {
      System.out.println(result);
    } else {
      result
          .properties()
          .forEach(it -> System.out.printf("%-18s %s%n", it.getKey(), it.getValue()));
    }
    return 0;
  }

  private static void measure(
      Waiting waiting, Heap heap, int runs, int events, int rate, ObjectNode result)
      throws IOException, InterruptedException {
    Progress.say("warming up");
    waiting.deploy();
    List<String> warm = names("warm", WARM_UP);
    waiting.start(warm);
    Wakes.measure(waiting, warm, rate * 4);
    heap.without("io.signalbox.runtime.run.RunEntity");
    double before = heap.used() / MEBIBYTE;
    Progress.say("starting " + runs + " runs");
    List<String> all = names("run", runs);
    long begun = System.nanoTime();
    waiting.start(all);
    result.put("runs", runs);
    result.put("startedPerSecond", Math.round(runs / ((System.nanoTime() - begun) / 1e9)));
    Progress.say("waiting until all have left memory");
    heap.without("io.signalbox.runtime.run.RunEntity");
    double after = heap.used() / MEBIBYTE;
    result.put("heapBeforeMiB", tenth(before));
    result.put("heapWithThemMiB", tenth(after));
    result.put("heapGrowthMiB", tenth(after - before));
    Progress.say(events + " events at " + rate + "/s");
    List<String> chosen = new ArrayList<>(all);
    Collections.shuffle(chosen, new Random(7));
    Wakes wakes = Wakes.measure(waiting, chosen.subList(0, events), rate);
    result.put("events", events);
    result.put("eventsPerSecond", rate);
    result.put("publishP50Ms", tenth(wakes.published().millis(0.5)));
    result.put("publishP99Ms", tenth(wakes.published().millis(0.99)));
    result.put("p50Ms", tenth(wakes.completed().millis(0.5)));
    result.put("p99Ms", tenth(wakes.completed().millis(0.99)));
    result.put("maxMs", tenth(wakes.completed().millis(1)));
  }

  private static List<String> names(String what, int count) {
    return IntStream.range(0, count).mapToObj(i -> what + "-" + i).toList();
  }

  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
