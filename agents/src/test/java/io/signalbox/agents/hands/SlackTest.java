package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.StandIn.Received;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a stand-in with the methods, shapes and error codes of Slack's Web API. */
class SlackTest {
  private static final String MESSAGE =
      """
      {"channel": "C0123456789", "text": "Please look",
       "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Please* look"}}]}""";
  private static final String POSTED =
      "{\"ok\": true, \"channel\": \"C0123456789\", \"ts\": \"1700000000.000100\"}";

  @Test
  void aMessageCarriesItsKeyAsMetadata() {
    try (var server = StandIn.of(_ -> Reply.json(200, POSTED));
        var bench = bench(server)) {
      var posted = result(bench.call("slack.post-message", MESSAGE));
      assertThat(posted.path("ts").asText()).isEqualTo("1700000000.000100");
      var sent = server.received().getFirst();
      assertThat(sent.path()).isEqualTo("/api/chat.postMessage");
      assertThat(sent.header("Authorization")).isEqualTo("Bearer xoxb-test");
      assertThat(sent.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
      assertThat(sent.json().path("metadata"))
          .isEqualTo(
              json("{\"event_type\": \"signalbox_call\", \"event_payload\": {\"key\": \"r1-7\"}}"));
      assertThat(sent.json().at("/blocks/0/type").asText()).isEqualTo("section");
    }
  }

  @Test
  void theProbeReadsTheHistoryPageByPage() {
    try (var server = StandIn.of(request -> history(request, "r1-7"));
        var bench = bench(server)) {
      var found = result(bench.probe("slack.post-message", MESSAGE));
      assertThat(found).isEqualTo(json("{\"channel\": \"C0123456789\", \"ts\": \"2.0\"}"));
      assertThat(server.received().getFirst().query()).contains("include_all_metadata=true");
    }
    try (var server = StandIn.of(request -> history(request, "r1-70"));
        var bench = bench(server)) {
      assertThat(bench.probe("slack.post-message", MESSAGE)).isEqualTo(new Outcome.Absent());
    }
  }

  @Test
  void theProbeFindsAChannelThatWasGivenByName() {
    try (var server =
            StandIn.of(
                request ->
                    request.path().endsWith("conversations.list")
                        ? Reply.json(
                            200,
                            """
                            {"ok": true, "channels": [{"id": "C0123456789", "name": "compliance"}]}""")
                        : request.query().contains("channel=C0123456789")
                            ? history(request, "r1-7")
                            : Reply.json(
                                200, "{\"ok\": false, \"error\": \"channel_not_found\"}"));
        var bench = bench(server)) {
      var found =
          result(bench.probe("slack.post-message", MESSAGE.replace("C0123456789", "#compliance")));
      assertThat(found.path("channel").asText()).isEqualTo("C0123456789");
    }
  }

  @Test
  void aMessageIsReplaced() {
    try (var server = StandIn.of(_ -> Reply.json(200, POSTED));
        var bench = bench(server)) {
      result(
          bench.call(
              "slack.update-message",
              "{\"channel\": \"C0123456789\", \"ts\": \"1.0\", \"text\": \"Done\"}"));
      assertThat(server.received().getFirst().path()).isEqualTo("/api/chat.update");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, communication, 404",
    "invalid_auth, authentication, 401",
    "not_in_channel, authorization, 403",
    "invalid_blocks, validation, 422",
    "service_unavailable, communication, 503",
  })
  void aNoWithinA200IsAFailure(String error, String kind, int status) {
    try (var server =
            StandIn.of(_ -> Reply.json(200, "{\"ok\":false,\"error\":\"%s\"}".formatted(error)));
        var bench = bench(server)) {
      var failed = failure(bench.call("slack.post-message", MESSAGE));
      assertThat(failed.kind()).isEqualTo(kind);
      assertThat(failed.status()).isEqualTo(status);
      assertThat(failed.detail()).contains(error);
    }
  }

  @Test
  void anInnerErrorOfSlackLeavesAPostUnknown() {
    try (var server =
            StandIn.of(_ -> Reply.json(200, "{\"ok\": false, \"error\": \"fatal_error\"}"));
        var bench = bench(server)) {
      assertThat(bench.call("slack.post-message", MESSAGE)).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void aRateLimitSaysWhenToComeBack() {
    try (var server =
            StandIn.of(
                _ ->
                    Reply.json(429, "{\"ok\": false, \"error\": \"ratelimited\"}")
                        .with("Retry-After", "30"));
        var bench = bench(server)) {
      var failed = failure(bench.call("slack.post-message", MESSAGE));
      assertThat(failed.status()).isEqualTo(429);
      assertThat(failed.retryAfter()).contains(Duration.ofSeconds(30));
    }
  }

  private static Reply history(Received request, String key) {
    return request.query().contains("cursor=next")
        ? Reply.json(
            200,
            """
            {"ok": true, "messages": [{"ts": "2.0", "metadata": {"event_type": "signalbox_call",
              "event_payload": {"key": "%s"}}}], "response_metadata": {"next_cursor": ""}}"""
                .formatted(key))
        : Reply.json(
            200,
            """
            {"ok": true, "messages": [{"ts": "3.0", "text": "hi"}],
             "response_metadata": {"next_cursor": "next"}}""");
  }

  private static Workbench bench(StandIn server) {
    return Workbench.with(
        "slack { base-url = \"%s/api\", token = xoxb-test }".formatted(server.url()));
  }
}
