package io.signalbox.agents.model;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.signalbox.protocol.run.Usage;
import java.util.Map;
import java.util.stream.Collectors;

/** What a model's tokens cost, in dollars for a million. */
public record Price(double input, double output) {
  public Price {
    if (!(input >= 0 && output >= 0 && input + output < 1_000_000)) {
      throw new IllegalArgumentException(
          "a price is input and output in dollars for a million tokens, not "
              + input
              + " and "
              + output);
    }
  }

  static Map<String, Price> all(Config prices) {
    return prices.root().keySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                model -> model,
                model -> {
                  Config price = prices.root().toConfig().getConfig(quoted(model));
                  return new Price(price.getDouble("input"), price.getDouble("output"));
                }));
  }

  private static String quoted(String key) {
    return ConfigUtil.joinPath(key);
  }

  /** A dollar for a million tokens is a millionth of a dollar for one. */
  public Usage of(Usage usage) {
    long micros = Math.round(usage.inputTokens() * input + usage.outputTokens() * output);
    return new Usage(usage.calls(), usage.inputTokens(), usage.outputTokens(), micros);
  }
}
