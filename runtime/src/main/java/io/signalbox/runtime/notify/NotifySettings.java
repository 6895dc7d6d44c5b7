package io.signalbox.runtime.notify;

import com.typesafe.config.Config;
import java.net.URI;
import java.time.Duration;

/** How people are told; reference.conf says what each key means. */
public record NotifySettings(
    String publicUrl,
    String linkKey,
    Duration linkLifetime,
    Duration lookInterval,
    int atOnce,
    Duration lease,
    Duration retryShortest,
    Duration retryLongest,
    int attempts,
    Duration keep,
    int showMost) {
  public NotifySettings {
    URI uri = URI.create(publicUrl);
    require(
        uri.getHost() != null && uri.getScheme() != null && uri.getScheme().startsWith("http"),
        "public-url must be an http or https address");
    require(
        linkKey.isEmpty() || linkKey.length() >= 32, "link-key must have at least 32 characters");
    for (Duration duration :
        new Duration[] {linkLifetime, lookInterval, lease, retryShortest, retryLongest, keep}) {
      require(duration.isPositive(), "every duration must be positive");
    }
    require(atOnce > 0 && attempts > 0, "at-once and attempts must be 1 or more");
    require(showMost >= 100 && showMost <= 2500, "show-most must be from 100 to 2500");
    require(retryShortest.compareTo(retryLongest) <= 0, "retry-shortest is over retry-longest");
  }

  /** From {@code signalbox.runtime.notifications}. */
  public static NotifySettings from(Config c) {
    return new NotifySettings(
        c.getString("public-url").replaceAll("/+$", ""),
        c.getString("link-key"),
        c.getDuration("link-lifetime"),
        c.getDuration("look-interval"),
        c.getInt("at-once"),
        c.getDuration("lease"),
        c.getDuration("retry-shortest"),
        c.getDuration("retry-longest"),
        c.getInt("attempts"),
        c.getDuration("keep"),
        c.getInt("show-most"));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("signalbox.runtime.notifications: " + what);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "NotifySettings[" + publicUrl + "]";
  }
}
