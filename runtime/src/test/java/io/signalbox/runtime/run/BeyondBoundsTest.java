package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.runtime.RuntimeSettings;
import org.junit.jupiter.api.Test;

class BeyondBoundsTest {
  private static BeyondBounds read(String settings) {
    Config runtime =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.defaultReference())
            .resolve()
            .getConfig("signalbox.runtime");
    return RuntimeSettings.from(runtime).bounds().beyond();
  }

  @Test
  void theDefaultsAreThoseOfTheTests() {
    assertThat(read("")).isEqualTo(BeyondBounds.STANDARD);
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                """
                signalbox.runtime.runs.beyond {
                  map-items = 1, map-concurrency = 2, most-concurrency = 3
                  compensations = 4, labels = 5, label-length = 6
                }
                """))
        .isEqualTo(new BeyondBounds(1, 2, 3, 4, 5, 6));
  }

  @Test
  void noneMayBeLessThanOne() {
    assertThatThrownBy(() -> read("signalbox.runtime.runs.beyond.labels = 0"))
        .hasMessageContaining("signalbox.runtime.runs.beyond.labels");
  }
}
