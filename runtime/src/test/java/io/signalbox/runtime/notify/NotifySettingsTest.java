package io.signalbox.runtime.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotifySettingsTest {
  private static NotifySettings with(String more) {
    Config ours = ConfigFactory.parseResources("reference.conf");
    return NotifySettings.from(
        ConfigFactory.parseString(more)
            .withFallback(ours.getConfig("signalbox.runtime.notifications")));
  }

  @Test
  void defaults() {
    assertThat(with(""))
        .isEqualTo(
            new NotifySettings(
                "http://127.0.0.1:7420",
                "",
                Duration.ofHours(72),
                Duration.ofSeconds(1),
                16,
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                10,
                Duration.ofDays(30),
                2000));
  }

  @Test
  void everyKeyIsReadAndTheKeyIsNotTold() {
    NotifySettings all =
        with(
            "public-url = \"https://gate.example/\", link-key = "
                + "0123456789abcdef0123456789abcdef, link-lifetime = 1 h, look-interval = 2 s,"
                + " at-once = 3, lease = 90 s, retry-shortest = 1 s, retry-longest = 4 s,"
                + " attempts = 5, keep = 6 d, show-most = 700");
    assertThat(all)
        .isEqualTo(
            new NotifySettings(
                "https://gate.example",
                "0123456789abcdef0123456789abcdef",
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                3,
                Duration.ofSeconds(90),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                5,
                Duration.ofDays(6),
                700));
    assertThat(all.toString()).doesNotContain("0123456789");
  }

  @Test
  void whatCannotBeIsRefused() {
    for (String wrong :
        new String[] {
          "public-url = gate",
          "link-key = short",
          "at-once = 0",
          "attempts = 0",
          "show-most = 5000",
          "lease = 0 s",
          "retry-shortest = 1 h"
        }) {
      assertThatThrownBy(() -> with(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("signalbox.runtime.notifications");
    }
  }
}
