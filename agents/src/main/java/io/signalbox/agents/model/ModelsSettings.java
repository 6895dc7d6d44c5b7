package io.signalbox.agents.model;

import com.typesafe.config.Config;

/**
 * The providers and the bounds all of them share.
 *
 * @param maxInFlight model calls this node makes at the same time
 * @param maxAnswerBytes the longest answer that is read
 */
public record ModelsSettings(
    int maxInFlight,
    long maxAnswerBytes,
    ProviderSettings openai,
    ProviderSettings anthropic,
    ProviderSettings ollama,
    Prices prices) {
  public ModelsSettings {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("max-in-flight must be at least 1, not " + maxInFlight);
    }
    if (maxAnswerBytes < 1024) {
      throw new IllegalArgumentException(
          "max-answer-bytes must be at least 1024, not " + maxAnswerBytes);
    }
  }

  public static ModelsSettings from(Config config) {
    return new ModelsSettings(
        config.getInt("max-in-flight"),
        config.getBytes("max-answer-bytes"),
        ProviderSettings.from(config.getConfig("openai"), "OPENAI_API_KEY"),
        ProviderSettings.from(config.getConfig("anthropic"), "ANTHROPIC_API_KEY"),
        ProviderSettings.from(config.getConfig("ollama"), "OLLAMA_API_KEY"),
        new Prices(Price.all(config.getConfig("prices"))));
  }
}
