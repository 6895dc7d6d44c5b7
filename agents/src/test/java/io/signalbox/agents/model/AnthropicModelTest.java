package io.signalbox.agents.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnthropicModelTest extends WireContract {
  private static final String BODY =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"some-model",
       "content":[%s],"stop_reason":"%s","stop_sequence":null,
       "usage":{"input_tokens":12,"output_tokens":3}}
      """;

  @Override
  String provider() {
    return "anthropic";
  }

  @Override
  String path() {
    return "/v1";
  }

  @Override
  String textBody() {
    return BODY.formatted("{\"type\":\"text\",\"text\":\"fine\"}", "end_turn");
  }

  @Override
  String toolCallBody() {
    return BODY.formatted(
        """
        {"type":"tool_use","id":"toolu_1","name":"github_get-diff","input":{"number":7,"how":{"tone":"kind"}}}
        """,
        "tool_use");
  }

  @Test
  void speaksMessagesWithAnApiKey() throws InterruptedException {
    StandIn.Got got = sent();
    assertThat(got.path()).isEqualTo("/v1/messages");
    assertThat(got.headers()).containsEntry("x-api-key", "the-key");
    assertThat(got.headers()).containsKey("anthropic-version");
    assertThat(got.body().path("max_tokens").asInt()).isEqualTo(777);
    assertThat(got.body().at("/messages/2/content/0/tool_use_id").asText()).isEqualTo("m0001t001");
    assertThat(got.body().at("/messages/2/content/0/is_error").asBoolean()).isTrue();
  }
}
