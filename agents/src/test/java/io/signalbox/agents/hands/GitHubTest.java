package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against a stand-in with GitHub's paths, shapes and error codes. */
class GitHubTest {
  private static final String PULL = "{\"owner\": \"acme\", \"repo\": \"shop\", \"number\": 7}";
  private static final String COMMENT =
      "{\"owner\": \"acme\", \"repo\": \"shop\", \"number\": 7, \"body\": \"Looks fine.\"}";
  private static final String CREATED =
      """
      {"id": 5, "html_url": "https://github.com/acme/shop/pull/7#issuecomment-5",
       "user": {"login": "bot", "id": 1}, "body": "..."}""";

  @Test
  void aPullRequestIsReadWithItsEssentials() {
    try (var server =
            StandIn.of(
                _ ->
                    Reply.json(
                        200,
                        """
                        {"number": 7, "title": "T", "state": "open", "node_id": "x",
                         "head": {"sha": "abc", "ref": "f", "repo": {"full_name": "acme/shop"}},
                         "base": {"sha": "def", "ref": "main"}, "user": {"login": "ada", "id": 1}}"""));
        var bench = bench(server)) {
      var pull = result(bench.call("github.get-pull-request", PULL));
      assertThat(pull.at("/head/sha").asText()).isEqualTo("abc");
      assertThat(pull.at("/user/login").asText()).isEqualTo("ada");
      assertThat(pull.has("node_id")).isFalse();
      var asked = server.received().getFirst();
      assertThat(asked.path()).isEqualTo("/repos/acme/shop/pulls/7");
      assertThat(asked.header("Authorization")).isEqualTo("Bearer gh-token");
      assertThat(asked.header("Accept")).isEqualTo("application/vnd.github+json");
      assertThat(asked.header("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
      assertThat(asked.header("User-Agent")).isEqualTo("signalbox");
    }
  }

  @Test
  void filesAreReadPageByPageUpToTheLimit() {
    try (var server =
            StandIn.of(request -> Reply.json(200, files(page(request.query()) < 3 ? 100 : 20)));
        var bench = bench(server)) {
      var all = result(bench.call("github.list-files", PULL));
      assertThat(all.path("files")).hasSize(220);
      assertThat(all.path("truncated").asBoolean()).isFalse();
      var some = result(bench.call("github.list-files", PULL.replace("7", "7, \"limit\": 100")));
      assertThat(some.path("files")).hasSize(100);
      assertThat(some.path("truncated").asBoolean()).isTrue();
    }
  }

  @Test
  void theDiffIsAskedForByItsMediaType() {
    try (var server =
            StandIn.of(
                _ ->
                    Reply.of(
                        200, "application/vnd.github.diff; charset=utf-8", "diff --git a/x b/x"));
        var bench = bench(server)) {
      var diff = result(bench.call("github.get-diff", PULL));
      assertThat(diff.path("diff").asText()).isEqualTo("diff --git a/x b/x");
      assertThat(server.received().getFirst().header("Accept"))
          .isEqualTo("application/vnd.github.diff");
    }
  }

  @Test
  void aCommentCarriesTheHiddenMarker() {
    try (var server = StandIn.of(_ -> Reply.json(201, CREATED));
        var bench = bench(server)) {
      var made = result(bench.call("github.create-comment", COMMENT));
      assertThat(made.path("id").asInt()).isEqualTo(5);
      var sent = server.received().getFirst();
      assertThat(sent.path()).isEqualTo("/repos/acme/shop/issues/7/comments");
      assertThat(sent.json().path("body").asText())
          .isEqualTo("Looks fine.\n\n<!-- signalbox:r1-7 -->");
    }
  }

  @Test
  void theProbeFindsTheMarkerOnALaterPageOrSaysThatItIsNotThere() {
    try (var server =
            StandIn.of(
                request ->
                    page(request.query()) == 1
                        ? Reply.json(200, comments(100, "other <!-- signalbox:r1-70 -->"))
                        : Reply.json(200, comments(3, "mine <!-- signalbox:r1-7 -->")));
        var bench = bench(server)) {
      assertThat(result(bench.probe("github.create-comment", COMMENT)).path("id").asInt())
          .isEqualTo(1);
      assertThat(server.received()).hasSize(2);
    }
    try (var server = StandIn.of(_ -> Reply.json(200, comments(4, "someone else's")));
        var bench = bench(server)) {
      assertThat(bench.probe("github.create-comment", COMMENT)).isEqualTo(new Outcome.Absent());
    }
  }

  @Test
  void aStatusIsSetInItsContext() {
    try (var server =
            StandIn.of(
                _ ->
                    Reply.json(
                        201, "{\"id\": 1, \"state\": \"success\", \"context\": \"compliance\"}"));
        var bench = bench(server)) {
      var sha = "0123456789012345678901234567890123456789";
      var set =
          bench.call(
              "github.set-status",
              """
              {"owner": "acme", "repo": "shop", "sha": "%s", "state": "success",
               "context": "compliance", "description": "ok", "targetUrl": "http://127.0.0.1/r"}"""
                  .formatted(sha));
      assertThat(result(set).path("state").asText()).isEqualTo("success");
      var sent = server.received().getFirst();
      assertThat(sent.path()).isEqualTo("/repos/acme/shop/statuses/" + sha);
      assertThat(sent.json().path("target_url").asText()).isEqualTo("http://127.0.0.1/r");
    }
  }

  @Test
  void refusalsKeepTheirKindAndGitHubsWords() {
    try (var server =
            StandIn.of(
                _ ->
                    Reply.json(
                        422,
                        """
                        {"message": "Validation Failed",
                         "errors": [{"resource": "IssueComment", "code": "custom"}]}"""));
        var bench = bench(server)) {
      var failed = failure(bench.call("github.create-comment", COMMENT));
      assertThat(failed.kind()).isEqualTo("validation");
      assertThat(failed.status()).isEqualTo(422);
      assertThat(failed.detail()).contains("Validation Failed", "IssueComment");
    }
  }

  @Test
  void bothKindsOfRateLimitSayWhenToComeBack() {
    try (var server =
            StandIn.of(
                request ->
                    request.method().equals("GET")
                        ? Reply.json(403, "{\"message\": \"API rate limit exceeded\"}")
                            .with("x-ratelimit-remaining", "0")
                            .with(
                                "x-ratelimit-reset",
                                Long.toString(Instant.now().getEpochSecond() + 120))
                        : Reply.json(429, "{\"message\": \"secondary rate limit\"}")
                            .with("Retry-After", "60"));
        var bench = bench(server)) {
      var primary = failure(bench.call("github.get-pull-request", PULL));
      assertThat(primary.status()).isEqualTo(429);
      assertThat(primary.retryAfter().orElseThrow())
          .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));
      var secondary = failure(bench.call("github.create-comment", COMMENT));
      assertThat(secondary.retryAfter()).contains(Duration.ofSeconds(60));
    }
  }

  @Test
  void aProxysErrorAfterAWriteLeavesItUnknown() {
    try (var server = StandIn.of(_ -> Reply.of(502, "text/html", "<h1>Bad gateway</h1>"));
        var bench = bench(server)) {
      assertThat(bench.call("github.create-comment", COMMENT)).isInstanceOf(Outcome.Unknown.class);
      assertThat(failure(bench.call("github.get-pull-request", PULL)).status()).isEqualTo(502);
    }
  }

  private static Workbench bench(StandIn server) {
    return Workbench.with("github { base-url = \"%s\", token = gh-token }".formatted(server.url()));
  }

  private static int page(String query) {
    return Integer.parseInt(query.replaceAll(".*[?&]?\\bpage=(\\d+).*", "$1"));
  }

  private static String files(int count) {
    var files = Json.MAPPER.createArrayNode();
    IntStream.range(0, count)
        .forEach(i -> files.addObject().put("filename", "f" + i).put("status", "added"));
    return files.toString();
  }

  private static String comments(int count, String body) {
    var comments = Json.MAPPER.createArrayNode();
    IntStream.range(0, count).forEach(i -> comments.addObject().put("id", i + 1).put("body", body));
    return comments.toString();
  }
}
