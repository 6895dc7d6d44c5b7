package io.signalbox.bench.listen;

import io.signalbox.bench.kit.Latencies;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon events wake their runs.
 *
 * @param published from sending an event to its 202
 * @param completed from the 202 to when the run's last row is seen in the journal
 */
record Wakes(Latencies published, Latencies completed) {
  private static final int SENDERS = 8;

  private record Sent(String name, long sent, long answered) {}

  /** One event for each run, at this pace whatever the answers take. */
  static Wakes measure(Waiting waiting, List<String> names, int perSecond)
      throws IOException, InterruptedException {
    List<Sent> sent = new ArrayList<>();
    Map<String, Long> seen;
    try (JournalWatch watch = JournalWatch.start(waiting.base(), names);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      List<Future<List<Sent>>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int first = i;
        senders.add(threads.submit(() -> send(waiting, names, first, begin, perSecond)));
      }
      for (Future<List<Sent>> sender : senders) {
        sent.addAll(sender.get());
      }
      seen = watch.all();
    } catch (ExecutionException e) {
      throw new IOException("a sender failed: " + e.getCause(), e.getCause());
    }
    try (Wire wire = waiting.server().connect()) {
      for (String name : names) {
        Waiting.completed(wire, name);
      }
    }
    Wakes wakes = new Wakes(new Latencies(), new Latencies());
    Map<String, Long> at = new HashMap<>(seen);
    for (Sent it : sent) {
      wakes.published.add(it.answered() - it.sent());
      // the row may be seen before the answer has come all the way
      wakes.completed.add(Math.max(0, at.getOrDefault(it.name(), Long.MAX_VALUE) - it.answered()));
    }
    return wakes;
  }

  private static List<Sent> send(
      Waiting waiting, List<String> names, int first, long begin, int perSecond)
      throws IOException {
    List<Sent> sent = new ArrayList<>();
    try (Wire wire = waiting.server().connect()) {
      for (int i = first; i < names.size(); i += SENDERS) {
        long due = begin + i * 1_000_000_000L / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        long from = System.nanoTime();
        Waiting.publish(wire, names.get(i));
        sent.add(new Sent(names.get(i), from, System.nanoTime()));
      }
    }
    return sent;
  }
}
