package io.signalbox.runtime.blob;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How large values are kept; reference.conf says what each key means.
 *
 * @param limit bytes of JSON above which a value is kept apart
 * @param cacheBytes of values a node holds in memory
 * @param grace how long a value may lie about before anything refers to it
 * @param collectEvery and {@code batch}: how often the unreferenced are looked for, and how many
 *     are deleted in one transaction
 */
public record BlobSettings(
    int limit, long cacheBytes, Duration grace, Duration collectEvery, int batch) {
  public BlobSettings {
    if (limit < 1024 || limit > 64 * 1024) {
      throw new IllegalArgumentException(
          "signalbox.runtime.blobs.limit must be between 1 KiB and 64 KiB: a message between nodes"
              + " may hold several values and must stay below 256 KiB");
    }
    if (cacheBytes < 0 || grace.compareTo(Duration.ofMinutes(1)) < 0 || batch < 1) {
      throw new IllegalArgumentException(
          "signalbox.runtime.blobs: cache must not be negative, grace at least 1 m, batch at"
              + " least 1");
    }
  }

  /** From {@code signalbox.runtime.blobs}. */
  public static BlobSettings from(Config blobs) {
    return new BlobSettings(
        Math.toIntExact(blobs.getBytes("limit")),
        blobs.getBytes("cache"),
        blobs.getDuration("grace"),
        blobs.getDuration("collect-every"),
        blobs.getInt("batch"));
  }
}
