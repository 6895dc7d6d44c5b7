package io.signalbox.agents.hands.openapi;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where OpenAPI documents may come from, and how long they are kept.
 *
 * @param most documents kept at this node; the one unused longest goes first
 * @param keep how long a document counts before it is loaded again
 * @param maxBytes longer documents are refused
 * @param folders where {@code file:} documents may lie
 */
public record OpenApiSettings(int most, Duration keep, long maxBytes, List<Path> folders) {
  public OpenApiSettings {
    folders = List.copyOf(folders);
    if (most < 1 || keep.isNegative() || maxBytes < 1024) {
      throw new IllegalArgumentException(
          "openapi.most must be at least 1, openapi.keep not negative, openapi.max-bytes 1 KiB or"
              + " more");
    }
  }

  /** Reads {@code openapi}. */
  public static OpenApiSettings from(Config config) {
    return new OpenApiSettings(
        config.getInt("most"),
        config.getDuration("keep"),
        config.getBytes("max-bytes"),
        config.getStringList("folders").stream()
            .map(it -> Path.of(it).toAbsolutePath().normalize())
            .toList());
  }
}
