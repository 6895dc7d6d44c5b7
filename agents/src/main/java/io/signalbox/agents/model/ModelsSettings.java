package io.signalbox.agents.model;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.egress.EgressSettings;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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

  private static final Set<String> PUBLIC = Set.of(Providers.OPENAI_HOST, "api.anthropic.com");

  /**
   * An address that the operator gave may lie anywhere; the public ones must be of the internet.
   */
  EgressSettings within(EgressSettings reach) {
    Set<String> trusted = new TreeSet<>(reach.trusted());
    Stream.of(openai, anthropic, ollama)
        .map(ProviderSettings::baseUrl)
        .filter(it -> !PUBLIC.contains(it.getHost()))
        .map(EgressSettings::place)
        .forEach(trusted::add);
    return new EgressSettings(reach.hosts(), reach.networks(), reach.loopback(), trusted);
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
