package io.signalbox.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bench.kit.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./signalbox bench crash}. */
class CrashBenchJourney {
  @Test
  void killedServersLoseNothingAndDoNothingTwiceUnnoticed() throws Exception {
    CrashBench bench = new CrashBench();
    Options options =
        Options.of(List.of("--runs", "20", "--kills", "3", "--seed", "7"), bench.options());
    assertThat(bench.run(options)).isZero();
  }
}
