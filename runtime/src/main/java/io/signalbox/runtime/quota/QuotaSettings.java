package io.signalbox.runtime.quota;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How a tenant's keeper of quotas behaves.
 *
 * @param maxArrived requests held while it writes; one more is answered "busy"
 * @param counters of one tenant at most
 * @param remember how long a call that ended is still known by its key
 * @param sweepEvery how often what is over is forgotten
 * @param snapshotEvery turns between snapshots
 * @param idle leaves memory after this time without a message
 */
public record QuotaSettings(
    int maxArrived,
    int counters,
    Duration remember,
    Duration sweepEvery,
    int snapshotEvery,
    Duration idle) {
  public QuotaSettings {
    if (maxArrived < 1 || counters < 1 || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "signalbox.runtime.quota: max-arrived, counters and snapshot-every must be at least 1");
    }
    if (!remember.isPositive() || !sweepEvery.isPositive() || !idle.isPositive()) {
      throw new IllegalArgumentException(
          "signalbox.runtime.quota: remember, sweep-every and idle must be positive");
    }
  }

  /** Reads {@code signalbox.runtime.quota}. */
  public static QuotaSettings from(Config config) {
    return new QuotaSettings(
        config.getInt("max-arrived"),
        config.getInt("counters"),
        config.getDuration("remember"),
        config.getDuration("sweep-every"),
        config.getInt("snapshot-every"),
        config.getDuration("idle"));
  }

  Deciding.Bounds bounds() {
    return new Deciding.Bounds(counters, remember);
  }
}
