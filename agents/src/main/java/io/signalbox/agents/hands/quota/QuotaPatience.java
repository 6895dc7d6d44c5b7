package io.signalbox.agents.hands.quota;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long the keeper of quotas is waited for.
 *
 * @param ask one question; it is then asked again
 * @param whole until a call that could not be counted fails, with nothing sent
 * @param settling tries to tell the keeper how a call ended
 */
public record QuotaPatience(Duration ask, Duration whole, int settling) {
  public QuotaPatience {
    if (!ask.isPositive() || whole.compareTo(ask) < 0 || settling < 1) {
      throw new IllegalArgumentException(
          "quota: ask must be positive, whole at least as long, settling at least 1");
    }
  }

  /** Reads {@code quota}. */
  public static QuotaPatience from(Config config) {
    return new QuotaPatience(
        config.getDuration("ask"), config.getDuration("whole"), config.getInt("settling"));
  }
}
