package io.signalbox.agents.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OllamaModelTest extends WireContract {
  private static final String BODY =
      """
      {"model":"some-model","created_at":"2026-01-02T03:04:05Z","message":%s,
       "done_reason":"stop","done":true,"total_duration":1,"load_duration":1,
       "prompt_eval_count":12,"prompt_eval_duration":1,"eval_count":3,"eval_duration":1}
      """;

  @Override
  String provider() {
    return "ollama";
  }

  @Override
  String path() {
    return "";
  }

  @Override
  String textBody() {
    return BODY.formatted("{\"role\":\"assistant\",\"content\":\"fine\"}");
  }

  @Override
  String toolCallBody() {
    return BODY.formatted(
        """
        {"role":"assistant","content":"","tool_calls":[{"function":{"name":"github_get-diff",
         "arguments":{"number":7,"how":{"tone":"kind"}}}}]}
        """);
  }

  @Test
  void speaksChatWithoutStreaming() throws InterruptedException {
    StandIn.Got got = sent();
    assertThat(got.path()).isEqualTo("/api/chat");
    assertThat(got.body().path("stream").asBoolean()).isFalse();
    assertThat(got.body().at("/messages/3/role").asText()).isEqualTo("tool");
    assertThat(got.body().at("/options/num_predict").asInt()).isEqualTo(777);
  }
}
