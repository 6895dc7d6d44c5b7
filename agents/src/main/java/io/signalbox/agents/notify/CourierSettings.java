package io.signalbox.agents.notify;

import com.typesafe.config.Config;
import java.net.URI;
import java.time.Duration;

/**
 * How messages are brought.
 *
 * @param timeout how long one delivery may take
 * @param slack where Slack's Web API is, for channels that say nothing else
 */
public record CourierSettings(Duration timeout, URI slack) {
  public CourierSettings {
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofSeconds(45)) > 0) {
      throw new IllegalArgumentException(
          "signalbox.agents.courier.timeout must be positive and at most 45 s");
    }
  }

  /** From {@code signalbox.agents.courier}. */
  public static CourierSettings from(Config config) {
    return new CourierSettings(
        config.getDuration("timeout"), URI.create(config.getString("slack-base-url")));
  }
}
