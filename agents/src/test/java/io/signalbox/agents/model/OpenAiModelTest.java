package io.signalbox.agents.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenAiModelTest extends WireContract {
  private static final String BODY =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"some-model",
       "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],
       "usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}
      """;

  @Override
  String provider() {
    return "openai";
  }

  @Override
  String path() {
    return "/v1";
  }

  @Override
  String textBody() {
    return BODY.formatted("{\"role\":\"assistant\",\"content\":\"fine\",\"refusal\":null}", "stop");
  }

  @Override
  String toolCallBody() {
    return BODY.formatted(
        """
        {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
         "function":{"name":"github_get-diff","arguments":"{\\"number\\":7,\\"how\\":{\\"tone\\":\\"kind\\"}}"}}]}
        """,
        "tool_calls");
  }

  @Test
  void speaksChatCompletionsWithABearerKey() throws InterruptedException {
    StandIn.Got got = sent();
    assertThat(got.path()).isEqualTo("/v1/chat/completions");
    assertThat(got.headers()).containsEntry("Authorization", "Bearer the-key");
    assertThat(got.body().at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(got.body().at("/messages/2/tool_calls/0/id").asText()).isEqualTo("m0001t001");
    assertThat(got.body().at("/messages/3/role").asText()).isEqualTo("tool");
    assertThat(got.body().at("/messages/3/tool_call_id").asText()).isEqualTo("m0001t001");
    assertThat(got.body().path("max_tokens").asInt()).isEqualTo(777);
  }
}
