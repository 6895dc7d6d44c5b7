package io.signalbox.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuditSettingsTest {
  private static AuditSettings with(String settings) {
    Config all = ConfigFactory.parseString(settings).withFallback(ConfigFactory.load());
    return AuditSettings.from(all.getConfig("signalbox.runtime.audit"));
  }

  @Test
  void theDefaultsAreThoseThatAreDocumented() {
    AuditSettings settings = with("");
    assertThat(settings.keyFile()).isEqualTo(Path.of("audit.key"));
    assertThat(settings.gates())
        .isEqualTo(
            new AuditSettings.Gates(
                Duration.ofSeconds(60), 300, 10_000, Duration.ofMinutes(2), 200));
    assertThat(settings.ledger())
        .isEqualTo(new AuditSettings.Ledger(Duration.ofSeconds(10), Duration.ofDays(7)));
  }

  @Test
  void everyKeyIsRead() {
    AuditSettings settings =
        with(
            """
            signalbox.runtime.audit {
              key-file = "/k"
              gates { repeats = 1 s, refusals-per-minute = 2, held = 3, idle = 4 s, snapshot-every = 5 }
              ledger { statement-timeout = 8 s, keep-checkpoints = 9 s }
            }
            """);
    assertThat(settings)
        .isEqualTo(
            new AuditSettings(
                Path.of("/k"),
                new AuditSettings.Gates(Duration.ofSeconds(1), 2, 3, Duration.ofSeconds(4), 5),
                new AuditSettings.Ledger(Duration.ofSeconds(8), Duration.ofSeconds(9))));
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatThrownBy(() -> with("signalbox.runtime.audit.ledger.keep-checkpoints = 0 s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ledger.keep-checkpoints");
  }
}
