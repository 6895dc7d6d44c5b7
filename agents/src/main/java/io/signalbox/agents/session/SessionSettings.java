package io.signalbox.agents.session;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Bounds of one session.
 *
 * @param maxQueue messages that may wait their turn
 * @param passivateAfter idle time after which a session leaves memory
 * @param modelTimeout longest wait for one model answer
 * @param retries further tries after a passing failure of a model
 * @param retryBase wait before the first retry; doubles from there, with jitter
 * @param retryMax longest wait before a retry; a provider that asks for more is given up
 */
public record SessionSettings(
    int maxQueue,
    Duration passivateAfter,
    Duration modelTimeout,
    int retries,
    Duration retryBase,
    Duration retryMax) {
  public SessionSettings {
    if (maxQueue < 1 || maxQueue > 10_000) {
      throw new IllegalArgumentException("max-queue must be from 1 to 10000, not " + maxQueue);
    }
    if (retries < 0 || retries > 10) {
      throw new IllegalArgumentException("retries must be from 0 to 10, not " + retries);
    }
    if (!passivateAfter.isPositive() || !modelTimeout.isPositive() || !retryBase.isPositive()) {
      throw new IllegalArgumentException(
          "passivate-after, model-timeout and retry-base must be positive");
    }
    if (retryMax.compareTo(retryBase) < 0) {
      throw new IllegalArgumentException("retry-max must not be below retry-base");
    }
  }

  public static SessionSettings from(Config config) {
    return new SessionSettings(
        config.getInt("max-queue"),
        config.getDuration("passivate-after"),
        config.getDuration("model-timeout"),
        config.getInt("retries"),
        config.getDuration("retry-base"),
        config.getDuration("retry-max"));
  }
}
