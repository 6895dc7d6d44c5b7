package io.signalbox.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * So many callers, each starting its next run when the one before has ended. A run counts when it
 * ends within the measured time; those still going when it is over are waited for, not counted.
 */
final class ClosedLoop {
  private static final int FAILURES_IN_A_ROW = 10;

  private final Callable<Boolean> run;
  private final int callers;
  private final long begin;
  private final long end;

  private ClosedLoop(Callable<Boolean> run, int callers, long begin, long end) {
    this.run = run;
    this.callers = callers;
    this.begin = begin;
    this.end = end;
  }

  /** {@code run} answers whether its result was the right one. */
  static Level measure(Callable<Boolean> run, int callers, double warmUp, double seconds)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime() + (long) (warmUp * 1e9);
    long end = begin + (long) (seconds * 1e9);
    return new ClosedLoop(run, callers, begin, end).measure();
  }

  private Level measure() throws InterruptedException, ExecutionException {
    List<Future<Caller>> going = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        going.add(threads.submit(this::call));
      }
    }
    List<long[]> latencies = new ArrayList<>();
    long failed = 0;
    for (Future<Caller> caller : going) {
      latencies.add(caller.get().nanos());
      failed += caller.get().failed();
    }
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).toArray();
    return new Level(callers, all, (end - begin) / 1e9, failed);
  }

  private Caller call() throws InterruptedException {
    long[] nanos = new long[1024];
    int runs = 0;
    long failed = 0;
    int inARow = 0;
    while (System.nanoTime() - end < 0 && inARow < FAILURES_IN_A_ROW) {
      long started = System.nanoTime();
      boolean good = attempt();
      long ended = System.nanoTime();
      if (!good) {
        failed++;
        inARow++;
      } else {
        inARow = 0;
        if (ended - begin >= 0 && ended - end < 0) {
          nanos = runs == nanos.length ? Arrays.copyOf(nanos, 2 * runs) : nanos;
          nanos[runs++] = ended - started;
        }
      }
    }
    return new Caller(Arrays.copyOf(nanos, runs), failed);
  }

  private boolean attempt() throws InterruptedException {
    try {
      boolean good = run.call();
      if (!good) {
        System.err.println("a run ended with the wrong result");
      }
      return good;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      System.err.println("a run failed: " + e);
      return false;
    }
  }

  private record Caller(long[] nanos, long failed) {}
}
