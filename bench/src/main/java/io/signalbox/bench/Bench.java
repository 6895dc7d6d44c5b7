package io.signalbox.bench;

import io.signalbox.bench.kit.Options;
import java.io.IOException;
import java.util.Set;

/** One benchmark. */
public interface Bench {
  /** Names of the options it takes beside {@code quick} and {@code json}. */
  default Set<String> options() {
    return Set.of();
  }

  /** Measures, prints what it found and answers with the exit code. */
  int run(Options options) throws IOException, InterruptedException;
}
