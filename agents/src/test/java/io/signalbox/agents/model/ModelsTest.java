package io.signalbox.agents.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.protocol.agent.ModelAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final EgressSettings NOWHERE =
      new EgressSettings(List.of("models.example"), List.of(), false, Set.of());
  private static final Models MODELS = models("");

  private static Models models(String key) {
    return Models.of(
        ModelsSettings.from(
            ConfigFactory.parseString(
                    """
                    openai { base-url = "https://api.openai.com/v1", api-key = "%s" }
                    anthropic { base-url = "https://api.anthropic.com/v1", api-key = "" }
                    """
                        .formatted(key))
                .withFallback(ConfigFactory.load().getConfig("signalbox.agents.models"))),
        NOWHERE);
  }

  @Test
  void aProviderIsReachedOnlyWhereCallsMayGo() {
    var answer =
        (ModelAnswer.Failed)
            models("a-key").ask(Requests.request(Requests.agent("openai/m", Optional.empty())));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail())
        .contains("egress: nothing was sent: api.openai.com is not among")
        .contains("signalbox.agents.hands.egress.hosts");
    assertThat(answer.passing()).isFalse();
  }

  private static ModelAnswer.Failed refused(String model) {
    return (ModelAnswer.Failed)
        MODELS.ask(Requests.request(Requests.agent(model, Optional.empty())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpt-5", "/gpt-5", "openai/", "grok/4", "OpenAI/gpt-5"})
  void namesThatNameNoModelAreRefusedWithTheOnesThatDo(String name) {
    assertThat(refused(name).status()).isEqualTo(422);
    assertThat(refused(name).detail()).contains("[anthropic, ollama, openai, scripted]");
  }

  @Test
  void aMissingKeyNamesItsEnvironmentVariable() {
    assertThat(refused("openai/gpt-5").detail()).contains("OPENAI_API_KEY");
    assertThat(refused("anthropic/claude-sonnet-4-5").detail()).contains("ANTHROPIC_API_KEY");
    assertThat(refused("openai/gpt-5").passing()).isFalse();
  }

  @Test
  void toolNamesAreTranslatedWithoutEverMeetingEachOther() {
    String tail = "x".repeat(80);
    ToolNames names = ToolNames.of(List.of("a.b", "a_b", "a b", "é", tail + "1", tail + "2"));
    assertThat(names.toWire()).hasSize(6);
    assertThat(names.fromWire()).hasSize(6);
    assertThat(names.fromWire().keySet()).allMatch(wire -> wire.matches("[a-zA-Z0-9_-]{1,64}"));
    names.toWire().forEach((name, wire) -> assertThat(names.name(wire)).isEqualTo(name));
    assertThat(names.name("unknown")).isEqualTo("unknown");
  }
}
