package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainHttpTest {
  private final Workbench bench = Workbench.with("http.max-response-bytes = 4 KiB");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void jsonComesBackAsJsonAndTextAsText() {
    try (var server =
        StandIn.of(
            request ->
                request.path().equals("/json")
                    ? Reply.of(200, "application/vnd.api+json", "{\"a\":[1,2]}")
                    : Reply.of(200, "text/plain; charset=utf-8", "grün"))) {
      assertThat(result(bench.http(get(server.url() + "/json")))).isEqualTo(json("{\"a\":[1,2]}"));
      assertThat(result(bench.http(get(server.url() + "/text"))).asText()).isEqualTo("grün");
    }
  }

  @Test
  void methodHeadersQueryAndBodyArriveAsGiven() {
    try (var server = StandIn.of(_ -> Reply.json(201, "{}"))) {
      var sent =
          bench.http(
              """
              {"method": "post", "endpoint": {"uri": "%s/a?x=1"}, "headers": {"X-Trace": "t"},
               "query": {"q": "a b&c", "n": 3, "list": ["one", "two"]}, "body": {"b": true}}"""
                  .formatted(server.url()));
      assertThat(result(sent)).isEqualTo(json("{}"));
      var got = server.received().getFirst();
      assertThat(got.method()).isEqualTo("POST");
      assertThat(got.query()).isEqualTo("x=1&q=a%20b%26c&n=3&list=one&list=two");
      assertThat(got.header("X-Trace")).isEqualTo("t");
      assertThat(got.header("Content-Type")).isEqualTo("application/json");
      assertThat(got.json()).isEqualTo(json("{\"b\": true}"));
    }
  }

  @Test
  void basicAndBearerCredentialsAreSentAndNotShownInTheResult() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      bench.http(
          """
          {"endpoint": {"uri": "%s", "authentication":
            {"basic": {"username": "ada", "password": "pa:ss"}}}}"""
              .formatted(server.url()));
      var shown =
          bench.http(
              """
              {"endpoint": {"uri": "%s", "authentication": {"bearer": {"token": "s3cr3t"}}},
               "output": "response"}"""
                  .formatted(server.url()));
      assertThat(server.received().get(0).header("Authorization")).isEqualTo("Basic YWRhOnBhOnNz");
      assertThat(server.received().get(1).header("Authorization")).isEqualTo("Bearer s3cr3t");
      assertThat(result(shown).toString()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void theWholeResponseOrItsRawBytesCanBeHad() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{\"id\":1}").with("X-Kind", "cat"))) {
      var whole = result(bench.http(wants(server.url() + "/pet", "response")));
      assertThat(whole.at("/request/method").asText()).isEqualTo("GET");
      assertThat(whole.at("/request/uri").asText()).isEqualTo(server.url() + "/pet");
      assertThat(whole.at("/request/headers").isObject()).isTrue();
      assertThat(whole.at("/statusCode").asInt()).isEqualTo(200);
      assertThat(whole.at("/headers/x-kind").asText()).isEqualTo("cat");
      assertThat(whole.at("/content/id").asInt()).isEqualTo(1);
      assertThat(result(bench.http(wants(server.url(), "raw"))).asText()).isEqualTo("eyJpZCI6MX0=");
    }
  }

  @Test
  void whatIsNotSuccessFailsWithItsStatusAndWords() {
    try (var server = StandIn.of(_ -> Reply.json(404, "{\"message\":\"no such pet\"}"))) {
      var failed = failure(bench.http(get(server.url() + "/pet/9")));
      assertThat(failed.kind()).isEqualTo("communication");
      assertThat(failed.status()).isEqualTo(404);
      assertThat(failed.detail()).contains("no such pet");
    }
  }

  @Test
  void retryAfterIsHandedOnAsSecondsOrDate() {
    var date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90));
    try (var server =
        StandIn.of(
            request ->
                request.path().equals("/seconds")
                    ? Reply.json(429, "{}").with("Retry-After", "17")
                    : Reply.json(503, "{}").with("Retry-After", date))) {
      var seconds = failure(bench.http(get(server.url() + "/seconds")));
      assertThat(seconds.status()).isEqualTo(429);
      assertThat(seconds.retryAfter()).contains(Duration.ofSeconds(17));
      var dated = failure(bench.http(get(server.url() + "/date")));
      assertThat(dated.status()).isEqualTo(503);
      assertThat(dated.retryAfter().orElseThrow())
          .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }
  }

  @Test
  void aRedirectFailsUnlessItIsToBeFollowedAndThenKeepsCredentialsAtHome() {
    try (var other = StandIn.of(_ -> Reply.json(200, "\"there\""));
        var server =
            StandIn.of(
                _ ->
                    new Reply(
                        302,
                        Map.of("Location", other.url() + "/x"),
                        ByteString.emptyByteString()))) {
      assertThat(failure(bench.http(get(server.url()))).status()).isEqualTo(302);
      var followed =
          bench.http(
              """
              {"endpoint": {"uri": "%s", "authentication": {"bearer": {"token": "s3cr3t"}}},
               "redirect": true}"""
                  .formatted(server.url()));
      assertThat(result(followed).asText()).isEqualTo("there");
      assertThat(other.received().getFirst().header("Authorization")).isEmpty();
    }
  }

  @Test
  void anEndlessRedirectEnds() {
    try (var server =
        StandIn.of(
            _ -> new Reply(307, Map.of("Location", "/again"), ByteString.emptyByteString()))) {
      var given = "{\"endpoint\": \"%s\", \"redirect\": true}".formatted(server.url());
      assertThat(failure(bench.http(given)).status()).isEqualTo(508);
    }
  }

  @Test
  void garbageInPlaceOfJsonIsARuntimeFaultThatShowsIt() {
    try (var server = StandIn.of(_ -> Reply.json(200, "<html>oops"))) {
      var failed = failure(bench.http(get(server.url())));
      assertThat(failed.kind()).isEqualTo("runtime");
      assertThat(failed.status()).isEqualTo(502);
      assertThat(failed.detail()).contains("<html>oops");
      assertThat(bench.http(post(server.url()))).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void aResponseBeyondTheBoundIsCutOff() {
    try (var server = StandIn.of(_ -> Reply.of(200, "text/plain", "x".repeat(5_000)))) {
      assertThat(failure(bench.http(get(server.url()))).detail()).contains("more than 4096 bytes");
    }
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsSent() {
    assertThat(failure(bench.http(get("not an address"))).status()).isEqualTo(422);
    assertThat(failure(bench.http(get("file:///etc/passwd"))).detail()).contains("http");
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      var odd =
          bench.http(
              "{\"endpoint\": \"%s\", \"headers\": {\"X\": \"a\\r\\nY: b\"}}"
                  .formatted(server.url()));
      assertThat(failure(odd).kind()).isEqualTo("validation");
      assertThat(failure(bench.http(wants(server.url(), "everything"))).kind())
          .isEqualTo("validation");
      assertThat(server.received()).isEmpty();
    }
  }

  static String get(String uri) {
    return "{\"method\": \"get\", \"endpoint\": \"%s\"}".formatted(uri);
  }

  static String post(String uri) {
    return "{\"method\": \"post\", \"endpoint\": \"%s\", \"body\": {\"a\": 1}}".formatted(uri);
  }

  private static String wants(String uri, String output) {
    return "{\"endpoint\": \"%s\", \"output\": \"%s\"}".formatted(uri, output);
  }
}
