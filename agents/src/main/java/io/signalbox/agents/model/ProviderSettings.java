package io.signalbox.agents.model;

import com.typesafe.config.Config;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a provider is and how it is entered.
 *
 * @param keyVariable the environment variable that usually carries the key, for error messages
 */
public record ProviderSettings(
    URI baseUrl, Optional<String> apiKey, String keyVariable, Duration timeout) {
  public ProviderSettings {
    if (baseUrl.getHost() == null || !baseUrl.getScheme().matches("https?")) {
      throw new IllegalArgumentException("base-url is not an http(s) address: " + baseUrl);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, not " + timeout);
    }
  }

  static ProviderSettings from(Config config, String keyVariable) {
    return new ProviderSettings(
        URI.create(config.getString("base-url")),
        Optional.of(config.getString("api-key")).filter(key -> !key.isBlank()),
        keyVariable,
        config.getDuration("timeout"));
  }

  @Override
  public String toString() {
    return "ProviderSettings[" + baseUrl + ", key " + (apiKey.isPresent() ? "set" : "unset") + "]";
  }
}
