package io.signalbox.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventSettingsTest {
  private static EventSettings with(String more) {
    Config ours = ConfigFactory.parseResources("reference.conf");
    return EventSettings.from(
        ConfigFactory.parseString(more).withFallback(ours.getConfig("signalbox.runtime.events")));
  }

  @Test
  void defaults() {
    assertThat(with(""))
        .isEqualTo(
            new EventSettings(
                2000,
                500,
                4,
                256,
                5000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                12,
                Duration.ofHours(24),
                Duration.ZERO,
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofMinutes(1),
                5000));
    assertThat(with("").lateSubscribers()).isFalse();
  }

  @Test
  void everyKeyIsRead() {
    EventSettings all =
        with(
            """
            publications = 1, batch = 2, writers = 3, deliveries = 4, deliveries-held = 5
            delivery-patience = 6 s, look-interval = 7 s, retry-shortest = 8 s, retry-longest = 9 s
            attempts = 10, remember = 11 s, late = 10 s, keep-dead-letters = 12 s
            keep-gathered = 13 s, trim-interval = 14 s, trim-batch = 15
            """);
    assertThat(all)
        .isEqualTo(
            new EventSettings(
                1,
                2,
                3,
                4,
                5,
                Duration.ofSeconds(6),
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                Duration.ofSeconds(9),
                10,
                Duration.ofSeconds(11),
                Duration.ofSeconds(10),
                Duration.ofSeconds(12),
                Duration.ofSeconds(13),
                Duration.ofSeconds(14),
                15));
    assertThat(all.lateSubscribers()).isTrue();
  }

  @Test
  void whatCannotBeIsRefusedWithItsKey() {
    for (String wrong :
        new String[] {
          "publications = 0", "attempts = 0", "look-interval = 0 s", "late = 25 h",
          "late = -1 s", "retry-longest = 1 s", "remember = 0 s", "deliveries-held = 9"
        }) {
      String key = wrong.substring(0, wrong.indexOf(' '));
      assertThatThrownBy(() -> with(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("signalbox.runtime.events." + key);
    }
  }
}
