package io.signalbox.agents.model;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** A provider answered with an error status; keeps how long it wants us to wait. */
final class WireRefusal extends HttpException {
  private static final long serialVersionUID = 1L;
  private final transient Optional<Duration> retryAfter;

  WireRefusal(int status, String body, Optional<Duration> retryAfter) {
    super(status, body);
    this.retryAfter = retryAfter;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
