package io.signalbox.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.model.ModelsSettings;
import io.signalbox.agents.model.Price;
import io.signalbox.agents.session.SessionSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentsSettingsTest {

  private static AgentsSettings with(String overrides) {
    return AgentsSettings.from(
        ConfigFactory.parseString(overrides).withFallback(ConfigFactory.load()).resolve(),
        Optional.empty());
  }

  @Test
  void theDefaultsAreAsDocumented() {
    AgentsSettings settings = with("");
    assertThat(settings.sessions())
        .isEqualTo(
            new SessionSettings(
                100,
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                4,
                Duration.ofMillis(500),
                Duration.ofSeconds(30)));
    ModelsSettings models = settings.models();
    assertThat(models.maxInFlight()).isEqualTo(64);
    assertThat(models.maxAnswerBytes()).isEqualTo(8L * 1024 * 1024);
    assertThat(models.anthropic().keyVariable()).isEqualTo("ANTHROPIC_API_KEY");
    assertThat(models.ollama().timeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void everyKeyIsRead() {
    AgentsSettings settings =
        with(
            """
            signalbox.agents.sessions {
              max-queue = 7, passivate-after = 1s, model-timeout = 2s
              retries = 3, retry-base = 4ms, retry-max = 5s
            }
            signalbox.agents.models {
              max-in-flight = 6, max-answer-bytes = 2 KiB
              openai { base-url = "http://127.0.0.1:1/v1", api-key = hush-hush, timeout = 7s }
              anthropic { base-url = "http://127.0.0.1:2/v1", api-key = a, timeout = 8s }
              ollama { base-url = "http://127.0.0.1:3", api-key = o, timeout = 9s }
              prices { "openai/gpt-5.1-mini" { input = 0.25, output = 2 } }
            }
            """);
    assertThat(settings.sessions())
        .isEqualTo(
            new SessionSettings(
                7,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                3,
                Duration.ofMillis(4),
                Duration.ofSeconds(5)));
    ModelsSettings models = settings.models();
    assertThat(models.maxInFlight()).isEqualTo(6);
    assertThat(models.maxAnswerBytes()).isEqualTo(2048);
    assertThat(models.openai().baseUrl()).isEqualTo(URI.create("http://127.0.0.1:1/v1"));
    assertThat(models.openai().apiKey()).contains("hush-hush");
    assertThat(models.openai().timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(models.anthropic().baseUrl().getPort()).isEqualTo(2);
    assertThat(models.ollama().baseUrl().getPort()).isEqualTo(3);
    assertThat(models.prices().byModel())
        .containsExactly(Map.entry("openai/gpt-5.1-mini", new Price(0.25, 2)));
    assertThat(settings.toString()).doesNotContain("hush-hush");
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> with("signalbox.agents.sessions.max-queue = 0"))
        .hasMessageContaining("max-queue");
    assertThatThrownBy(() -> with("signalbox.agents.sessions.retries = 99"))
        .hasMessageContaining("retries");
    assertThatThrownBy(() -> with("signalbox.agents.sessions.retry-max = 1ms"))
        .hasMessageContaining("retry-max");
    assertThatThrownBy(() -> with("signalbox.agents.sessions.passivate-after = 0s"))
        .hasMessageContaining("passivate-after");
    assertThatThrownBy(() -> with("signalbox.agents.models.max-in-flight = 0"))
        .hasMessageContaining("max-in-flight");
    assertThatThrownBy(() -> with("signalbox.agents.models.max-answer-bytes = 1"))
        .hasMessageContaining("max-answer-bytes");
    assertThatThrownBy(() -> with("signalbox.agents.models.openai.base-url = \"ftp://x\""))
        .hasMessageContaining("base-url");
    assertThatThrownBy(
            () -> with("signalbox.agents.models.prices { \"a/b\" { input = -1, output = 1 } }"))
        .hasMessageContaining("price");
    assertThatThrownBy(() -> with("signalbox.agents.models.openai.timeout = 0s"))
        .hasMessageContaining("timeout");
  }
}
