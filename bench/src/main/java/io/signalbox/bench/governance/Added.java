package io.signalbox.bench.governance;

import io.signalbox.bench.governance.Pace.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What one kind of call takes longer than the other at a quantile, in milliseconds, with the 95 %
 * confidence interval of a bootstrap over whole seconds: calls of one second share their weather.
 */
record Added(double governedMs, double freeMs, double addedMs, double fromMs, double toMs) {
  private static final int SAMPLES = 2000;

  static Added at(double quantile, List<Second> seconds, long seed) {
    double governed = quantile(quantile, seconds, Second::governed);
    double free = quantile(quantile, seconds, Second::free);
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      List<Second> drawn = new ArrayList<>(seconds.size());
      for (int s = 0; s < seconds.size(); s++) {
        drawn.add(seconds.get(random.nextInt(seconds.size())));
      }
      differences[i] =
          quantile(quantile, drawn, Second::governed) - quantile(quantile, drawn, Second::free);
    }
    java.util.Arrays.sort(differences);
    return new Added(
        governed,
        free,
        governed - free,
        differences[(int) (SAMPLES * 0.025)],
        differences[(int) (SAMPLES * 0.975)]);
  }

  private static double quantile(
      double quantile, List<Second> seconds, Function<Second, List<Long>> kind) {
    long[] sorted =
        seconds.stream()
            .flatMap(it -> kind.apply(it).stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    int rank = (int) Math.ceil(quantile * sorted.length) - 1;
    return sorted[Math.clamp(rank, 0, sorted.length - 1)] / 1e6;
  }
}
