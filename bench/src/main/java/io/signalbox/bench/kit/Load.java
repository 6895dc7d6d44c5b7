package io.signalbox.bench.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A closed loop: so many callers, each asking again as soon as it has its answer. */
public final class Load {
  private Load() {}

  /** One caller's way to do the work once; each caller has its own. */
  public interface Caller extends AutoCloseable {
    /** Does it once; fails where it did not work. */
    void call() throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Makes a caller. */
  public interface Callers {
    Caller open(int number) throws IOException;
  }

  /**
   * What was measured.
   *
   * @param done calls that ended within {@code seconds}
   */
  public record Figures(int callers, long done, double seconds, Latencies latencies) {
    public double perSecond() {
      return done / seconds;
    }
  }

  /** Warms up, then measures calls that end within the time given. */
  public static Figures run(int callers, Duration warmUp, Duration measure, Callers maker)
      throws IOException, InterruptedException {
    long begin = System.nanoTime() + warmUp.toNanos();
    long end = begin + measure.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Latencies>> loops = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int number = i;
        loops.add(threads.submit(() -> loop(maker, number, begin, end)));
      }
      Latencies all = new Latencies();
      for (Future<Latencies> loop : loops) {
        all.addAll(loop.get());
      }
      return new Figures(callers, all.count(), measure.toNanos() / 1e9, all);
    } catch (ExecutionException e) {
      throw new IOException("a caller failed: " + e.getCause(), e.getCause());
    }
  }

  private static Latencies loop(Callers maker, int number, long begin, long end)
      throws IOException {
    Latencies taken = new Latencies();
    try (Caller caller = maker.open(number)) {
      while (System.nanoTime() < end) {
        long from = System.nanoTime();
        caller.call();
        long to = System.nanoTime();
        if (to >= begin && to <= end) {
          taken.add(to - from);
        }
      }
    }
    return taken;
  }
}
