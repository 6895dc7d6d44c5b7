package io.signalbox.agents.hands.web;

import com.typesafe.config.Config;
import java.time.Duration;

/** How patient and how generous the wire is. */
public record WebSettings(
    Duration connectTimeout, Duration timeout, long maxResponseBytes, int maxRedirects) {
  public WebSettings {
    if (!connectTimeout.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException("connect-timeout and timeout must be positive");
    }
    if (maxResponseBytes < 1024) {
      throw new IllegalArgumentException("max-response-bytes must be at least 1 KiB");
    }
    if (maxRedirects < 0 || maxRedirects > 100) {
      throw new IllegalArgumentException("max-redirects must be from 0 to 100");
    }
  }

  /** Reads {@code http}. */
  public static WebSettings from(Config config) {
    return new WebSettings(
        config.getDuration("connect-timeout"),
        config.getDuration("timeout"),
        config.getBytes("max-response-bytes"),
        config.getInt("max-redirects"));
  }
}
