package io.signalbox.agents.hands.auth;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long tokens are kept, and how many.
 *
 * @param most tokens kept at this node; the one unused longest goes first
 * @param margin a token is renewed so long before its end
 * @param unstated how long a token counts whose end was not told
 * @param discovery how long an issuer's metadata is kept
 */
public record TokenSettings(int most, Duration margin, Duration unstated, Duration discovery) {
  public TokenSettings {
    if (most < 1) {
      throw new IllegalArgumentException("tokens.most must be at least 1");
    }
    if (margin.isNegative() || unstated.isNegative() || discovery.isNegative()) {
      throw new IllegalArgumentException("durations of tokens must not be negative");
    }
  }

  /** Reads {@code tokens}. */
  public static TokenSettings from(Config config) {
    return new TokenSettings(
        config.getInt("most"),
        config.getDuration("margin"),
        config.getDuration("unstated"),
        config.getDuration("discovery"));
  }
}
