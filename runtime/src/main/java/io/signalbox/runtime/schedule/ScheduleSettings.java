package io.signalbox.runtime.schedule;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How schedules are kept.
 *
 * @param interval how often each node looks for what is due
 * @param batch how many a node fires each time
 * @param lease how long a node has to begin a run before another one may
 */
public record ScheduleSettings(Duration interval, int batch, Duration lease) {
  public ScheduleSettings {
    if (!interval.isPositive() || !lease.isPositive() || batch < 1) {
      throw new IllegalArgumentException(
          "schedules: interval, batch and lease must be more than 0");
    }
  }

  /** From {@code signalbox.runtime.schedules}. */
  public static ScheduleSettings from(Config schedules) {
    return new ScheduleSettings(
        schedules.getDuration("interval"),
        schedules.getInt("batch"),
        schedules.getDuration("lease"));
  }
}
