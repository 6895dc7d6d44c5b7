package io.signalbox.agents.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CourierSettingsTest {
  private static CourierSettings with(String more) {
    return CourierSettings.from(
        ConfigFactory.parseString(more)
            .withFallback(
                ConfigFactory.parseResources("reference.conf")
                    .getConfig("signalbox.agents.courier")));
  }

  @Test
  void defaultsAndEveryKey() {
    assertThat(with(""))
        .isEqualTo(
            new CourierSettings(Duration.ofSeconds(15), URI.create("https://slack.com/api")));
    assertThat(with("timeout = 3 s, slack-base-url = \"https://slack-gov.com/api\""))
        .isEqualTo(
            new CourierSettings(Duration.ofSeconds(3), URI.create("https://slack-gov.com/api")));
  }

  @Test
  void aDeliveryEndsBeforeItsLease() {
    assertThatThrownBy(() -> with("timeout = 50 s")).hasMessageContaining("at most 45 s");
    assertThatThrownBy(() -> with("timeout = 0 s")).hasMessageContaining("positive");
  }
}
