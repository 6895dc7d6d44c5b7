package io.signalbox.boot.telemetry;

import com.typesafe.config.Config;
import java.util.function.Supplier;
import kamon.Kamon;
import kamon.prometheus.PrometheusReporter;

/** The gateway's metrics as Prometheus text; counted by explicit calls, nothing instrumented. */
public final class Metrics {
  private Metrics() {}

  /** Begins to collect; the supplier gives the text of the last few seconds. */
  public static Supplier<String> start(Config config) {
    PrometheusReporter reporter = new PrometheusReporter("kamon.prometheus", config);
    Kamon.initWithoutAttaching(config);
    var _ = Kamon.addReporter("prometheus", reporter);
    return reporter::scrapeData;
  }
}
