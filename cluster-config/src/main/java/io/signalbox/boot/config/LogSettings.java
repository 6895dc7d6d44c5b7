package io.signalbox.boot.config;

import com.typesafe.config.Config;
import java.util.Set;

/** How much is logged and kept, from {@code signalbox.log}. */
public record LogSettings(String level, long fileSize, int files) {
  private static final Set<String> LEVELS = Set.of("ERROR", "WARNING", "INFO", "DEBUG");

  public LogSettings {
    Check.that(LEVELS.contains(level), "signalbox.log.level", "must be one of " + LEVELS);
    Check.that(fileSize >= 65_536, "signalbox.log.file-size", "must be at least 64 KiB");
    Check.that(files >= 1 && files <= 20, "signalbox.log.files", "must be 1 to 20");
  }

  static LogSettings from(Config config) {
    return new LogSettings(
        config.getString("level"), config.getBytes("file-size"), config.getInt("files"));
  }
}
