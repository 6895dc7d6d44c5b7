package io.signalbox.http;

import java.time.Duration;
import kamon.Kamon;
import kamon.metric.Metric;
import kamon.tag.TagSet;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Counts and times requests by route pattern, method and status; never by id. */
final class Traffic {
  private static final Metric.Counter REQUESTS =
      Kamon.counter("signalbox.http.requests", "Requests answered");
  private static final Metric.Timer DURATION =
      Kamon.timer("signalbox.http.request.duration", "From the request's head to the answer's");

  private final String method;
  private final long began = System.nanoTime();

  private Traffic(String method) {
    this.method = method;
  }

  static Traffic begin(String method) {
    return new Traffic(method);
  }

  /** Ends a request that no route took. */
  HttpResponse end(HttpResponse response) {
    return end("none", response);
  }

  HttpResponse end(String route, HttpResponse response) {
    TagSet tags = TagSet.of("route", route).withTag("method", method);
    REQUESTS.withTags(tags.withTag("status", (long) response.status().intValue())).increment();
    DURATION.withTags(tags).record(Duration.ofNanos(System.nanoTime() - began));
    return response;
  }
}
