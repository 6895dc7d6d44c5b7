package io.signalbox.bench.kit;

import java.util.Arrays;

/** Times taken, in nanoseconds; not for more than one thread. */
public final class Latencies {
  private long[] taken = new long[1024];
  private int count;

  public void add(long nanos) {
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, count * 2);
    }
    taken[count++] = nanos;
  }

  public void addAll(Latencies others) {
    for (int i = 0; i < others.count; i++) {
      add(others.taken[i]);
    }
  }

  public int count() {
    return count;
  }

  /** The quantile in milliseconds, by the nearest rank; 0 where nothing was measured. */
  public double millis(double quantile) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(taken, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(quantile * count) - 1;
    return sorted[Math.clamp(rank, 0, count - 1)] / 1e6;
  }
}
