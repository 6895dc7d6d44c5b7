package io.signalbox.agents.hands.secrets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the values of secrets are found: in the configuration, in the environment, in a folder, in
 * this order.
 *
 * @param values text or a JSON object of texts, by the secret's name
 * @param environment what the environment says under the prefix, by the rest of the name
 * @param folder a file for each secret, or a folder for one with several values
 * @param refresh how old what was read of the folder may be
 * @param most so many secrets and no more are read
 */
public record SecretsSettings(
    Map<String, String> values,
    String prefix,
    Map<String, String> environment,
    Optional<Path> folder,
    Duration refresh,
    int most) {
  public SecretsSettings {
    values = Map.copyOf(values);
    environment = Map.copyOf(environment);
    if (refresh.isNegative() || most < 1) {
      throw new IllegalArgumentException(
          "secrets.refresh must not be negative and secrets.most must be at least 1");
    }
  }

  /** Reads {@code secrets}; the environment is looked at once. */
  public static SecretsSettings from(Config config, Map<String, String> environment) {
    var values = new TreeMap<String, String>();
    var named = config.getConfig("values");
    for (var name : named.root().keySet()) {
      values.put(name, named.getString(ConfigUtil.joinPath(name)));
    }
    var prefix = config.getString("env-prefix");
    var found = new TreeMap<String, String>();
    if (!prefix.isEmpty()) {
      environment.forEach(
          (name, value) -> {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
              found.put(name.substring(prefix.length()), value);
            }
          });
    }
    return new SecretsSettings(
        values,
        prefix,
        found,
        folder(config.getString("folder")),
        config.getDuration("refresh"),
        config.getInt("most"));
  }

  private static Optional<Path> folder(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    var folder = Path.of(text.strip());
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("secrets.folder is not a folder: " + folder);
    }
    return Optional.of(folder);
  }

  /** Names, never values. */
  @Override
  public String toString() {
    return "SecretsSettings[values=%s, environment=%s, folder=%s]"
        .formatted(values.keySet(), environment.keySet(), folder);
  }
}
