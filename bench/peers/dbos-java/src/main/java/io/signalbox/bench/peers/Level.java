package io.signalbox.bench.peers;

import java.util.Arrays;
import java.util.Locale;

/**
 * What one level of concurrency gave. Latencies are those of every run that ended within the
 * measured time, exact and not estimated from buckets.
 */
record Level(int callers, long[] nanos, double seconds, long failed) {
  Level {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"level\":%d,\"runs\":%d,\"seconds\":%.3f,\"runsPerSecond\":%.1f,"
            + "\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"failed\":%d}",
        callers,
        nanos.length,
        seconds,
        nanos.length / seconds,
        millis(0.50),
        millis(0.99),
        failed);
  }

  /** The smallest measured latency that at least this share of the runs did not exceed. */
  private double millis(double share) {
    if (nanos.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * nanos.length);
    return nanos[Math.max(rank, 1) - 1] / 1e6;
  }
}
