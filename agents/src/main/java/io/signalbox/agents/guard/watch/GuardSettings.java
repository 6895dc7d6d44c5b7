package io.signalbox.agents.guard.watch;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What guardrails are told at boot.
 *
 * @param mostCharacters of one content that are looked at
 * @param remembered how many texts' vectors are kept
 * @param patience how long the table of pseudonyms is waited for
 * @param credentials what judges are shown, by name
 */
public record GuardSettings(
    int mostCharacters, int remembered, Duration patience, Map<String, String> credentials) {
  public GuardSettings {
    credentials = Map.copyOf(credentials);
    if (mostCharacters < 1 || remembered < 1) {
      throw new IllegalArgumentException("most-characters and remembered must be at least 1");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience must be longer than nothing");
    }
  }

  /** Reads {@code signalbox.agents.guard}. */
  public static GuardSettings from(Config guard) {
    Map<String, String> credentials = new TreeMap<>();
    Config named = guard.getConfig("credentials");
    named.root().keySet().forEach(it -> credentials.put(it, named.getString("\"" + it + "\"")));
    return new GuardSettings(
        guard.getInt("most-characters"),
        guard.getInt("remembered"),
        guard.getDuration("patience"),
        credentials);
  }
}
