package io.signalbox.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.signalbox.runtime.retention.RetentionSettings.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest {
  private static RetentionSettings read(String more) {
    return RetentionSettings.from(
        ConfigFactory.parseString(more)
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .getConfig("signalbox.runtime.retention"));
  }

  @Test
  void nothingIsDeletedByDefault() {
    assertThat(read("")).isEqualTo(new RetentionSettings(Duration.ofMinutes(10), 500, List.of()));
  }

  @Test
  void rulesAreReadByNamespaceAndStatus() {
    RetentionSettings settings =
        read(
            """
            signalbox.runtime.retention {
              keep.completed = 30 d
              namespaces { "a.b" { completed = 7 d, faulted = forever } }
              batch = 7
            }
            """);
    assertThat(settings.batch()).isEqualTo(7);
    assertThat(settings.rules())
        .containsExactlyInAnyOrder(
            new Rule(Optional.of("a.b"), "completed", Duration.ofDays(7)),
            new Rule(Optional.empty(), "completed", Duration.ofDays(30)));
    assertThat(settings.named("completed")).containsExactly("a.b");
  }

  @Test
  void whatIsNotEndedHasNoRule() {
    assertThatThrownBy(() -> read("signalbox.runtime.retention.keep.running = 1 d"))
        .hasMessageContaining("running");
    assertThatThrownBy(() -> read("signalbox.runtime.retention.batch = 0"))
        .hasMessageContaining("batch");
  }
}
