package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.StandIn.Received;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.run.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Longer than 300 lines because every scheme is shown against the same server, and reads best
 * beside the others.
 */
class AuthenticationTest {
  private final Workbench bench = Workbench.with("");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void digestAnswersTheChallengeAndSendsTheBodyAgain() {
    try (var server =
        StandIn.of(
            request ->
                request.header("Authorization").startsWith("Digest ")
                    ? Reply.json(200, "{\"in\":true}")
                    : Reply.json(401, "{}")
                        .with(
                            "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""))) {
      var sent =
          bench.http(
              """
              {"method": "post", "body": {"a": 1}, "endpoint": {"uri": "%s/x?y=1", "authentication":
                {"digest": {"username": "ada", "password": "lovelace"}}}}\
              """
                  .formatted(server.url()));
      assertThat(result(sent)).isEqualTo(json("{\"in\":true}"));
      assertThat(server.received()).hasSize(2);
      var second = server.received().get(1);
      assertThat(second.header("Authorization"))
          .contains("username=\"ada\"", "uri=\"/x?y=1\"")
          .doesNotContain("lovelace");
      assertThat(second.json()).isEqualTo(json("{\"a\":1}"));
    }
  }

  @Test
  void aWrongPasswordIsAnAuthenticationErrorAfterOneTry() {
    try (var server =
        StandIn.of(
            _ ->
                Reply.json(401, "{}")
                    .with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""))) {
      var failed =
          failure(
              bench.http(
                  """
                  {"endpoint": {"uri": "%s", "authentication":
                    {"digest": {"username": "ada", "password": "wrong"}}}}\
                  """
                      .formatted(server.url())));
      assertThat(failed.kind()).isEqualTo("authentication");
      assertThat(failed.status()).isEqualTo(401);
      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void a403IsAnAuthorizationErrorAndOthersAreOfCommunication() {
    try (var server =
        StandIn.of(request -> Reply.json(Integer.parseInt(request.path().substring(1)), "{}"))) {
      assertThat(failure(bench.http(PlainHttpTest.get(server.url() + "/403"))).kind())
          .isEqualTo("authorization");
      assertThat(failure(bench.http(PlainHttpTest.get(server.url() + "/401"))).kind())
          .isEqualTo("authentication");
      assertThat(failure(bench.http(PlainHttpTest.get(server.url() + "/409"))).kind())
          .isEqualTo("communication");
    }
  }

  @Test
  void aTokenIsAskedForOnceHoweverManyCallsWaitForIt() throws Exception {
    try (var server = new TokenServer("\"expires_in\": 3600");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Callable<Outcome>>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> bench.http(client(server.url(), "client_secret_post")));
      }
      for (var done : threads.invokeAll(calls)) {
        assertThat(result(done.get())).isEqualTo(json("{\"by\":\"Bearer t1\"}"));
      }
      assertThat(server.tokens()).hasSize(1);
      assertThat(server.tokens().getFirst().body())
          .isEqualTo(
              "grant_type=client_credentials&scope=a%20b&audience=x&client_id=id"
                  + "&client_secret=s3cr3t%26");
    }
  }

  @Test
  void aTokenThatIsAboutToEndIsRenewedAndARefusedOneOnce() {
    try (var server = new TokenServer("\"expires_in\": 1")) {
      bench.http(client(server.url(), "client_secret_post"));
      bench.http(client(server.url(), "client_secret_post"));
      assertThat(server.tokens()).hasSize(2);
    }
    try (var server = new TokenServer("\"expires_in\": 3600")) {
      bench.http(client(server.url(), "client_secret_post"));
      server.refuse("t1");
      assertThat(result(bench.http(client(server.url(), "client_secret_post"))))
          .isEqualTo(json("{\"by\":\"Bearer t2\"}"));
      server.refuse("t2");
      server.refuse("t3");
      var failed = failure(bench.http(client(server.url(), "client_secret_post")));
      assertThat(failed.kind()).isEqualTo("authentication");
      assertThat(server.tokens()).hasSize(3);
      assertThat(failed.detail()).doesNotContain("t3");
    }
  }

  @Test
  void clientsShowThemselvesInEveryWay() {
    try (var server = new TokenServer("\"expires_in\": 3600")) {
      bench.http(client(server.url(), "client_secret_basic"));
      assertThat(server.last().header("Authorization"))
          .isEqualTo(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString("id:s3cr3t%26".getBytes(StandardCharsets.UTF_8)));
      bench.http(client(server.url(), "client_secret_jwt"));
      var assertion = server.last().body().replaceFirst(".*client_assertion=", "");
      var claims =
          json(
              new String(
                  Base64.getUrlDecoder().decode(assertion.split("\\.", -1)[1]),
                  StandardCharsets.UTF_8));
      assertThat(claims.path("iss").asText()).isEqualTo("id");
      assertThat(claims.path("aud").asText()).isEqualTo(server.url() + "/oauth2/token");
      bench.http(client(server.url(), "private_key_jwt"));
      assertThat(server.last().body())
          .contains("client_assertion=signed", "client-assertion-type%3Ajwt-bearer");
      bench.http(client(server.url(), "none"));
      assertThat(server.last().body()).endsWith("client_id=id");
    }
  }

  @Test
  void everyGrantSaysWhatItMust() {
    try (var server = new TokenServer("\"expires_in\": 3600")) {
      bench.http(
          granted(server.url(), "password", "\"username\": \"ada\", \"password\": \"pass word\","));
      assertThat(server.last().body())
          .contains("grant_type=password&username=ada&password=pass%20word");
      bench.http(
          granted(
              server.url(),
              "urn:ietf:params:oauth:grant-type:token-exchange",
              """
              "subject": {"token": "s", "type": "urn:x"}, "actor": {"token": "a", "type": "urn:y"},\
              """));
      assertThat(server.last().body())
          .contains(
              "subject_token=s&subject_token_type=urn%3Ax&actor_token=a&actor_token_type=urn%3Ay");
      bench.http(
          granted(
              server.url(), "refresh_token", "\"subject\": {\"token\": \"r\", \"type\": \"t\"},"));
      assertThat(server.last().body()).contains("grant_type=refresh_token&refresh_token=r");
      bench.http(
          granted(
              server.url(),
              "client_credentials",
              "\"request\": {\"encoding\": \"application/json\"}, \"audiences\": [\"p\", \"q\"],"));
      assertThat(server.last().json().path("audience")).isEqualTo(json("[\"p\", \"q\"]"));
    }
  }

  @Test
  void aRefreshTokenIsUsedAndWhenItIsRefusedTheGrantIsAskedAgain() {
    try (var server = new TokenServer("\"expires_in\": 1, \"refresh_token\": \"again\"")) {
      bench.http(client(server.url(), "client_secret_post"));
      bench.http(client(server.url(), "client_secret_post"));
      assertThat(server.last().body()).contains("grant_type=refresh_token&refresh_token=again");
      server.withdrawRefreshing();
      assertThat(result(bench.http(client(server.url(), "client_secret_post"))).path("by").asText())
          .startsWith("Bearer t");
      assertThat(server.last().body()).contains("grant_type=client_credentials");
    }
  }

  @Test
  void anIssuersMetadataIsReadOnceAndMustBeItsOwn() {
    try (var server = new TokenServer("\"expires_in\": 1")) {
      var own = discovered(server.url() + "/realm", "");
      assertThat(result(bench.http(own)).path("by").asText()).isEqualTo("Bearer t1");
      bench.http(own);
      assertThat(server.at("/realm/.well-known/openid-configuration")).hasSize(1);
      assertThat(server.at("/realm/token")).hasSize(2);
      var stranger = failure(bench.http(discovered(server.url() + "/stranger", "")));
      assertThat(stranger.kind()).isEqualTo("authentication");
      assertThat(stranger.detail()).contains("is of the issuer 'https://elsewhere.example'");
    }
  }

  @Test
  void onlyTokensOfTheNamedIssuersAreUsed() {
    try (var server = new TokenServer("\"expires_in\": 3600")) {
      var failed =
          failure(
              bench.http(
                  granted(
                      server.url(),
                      "client_credentials",
                      "\"issuers\": [\"https://i.example\"],")));
      assertThat(failed.detail()).contains("does not tell its issuer");
      server.issueJwtOf("https://i.example/");
      assertThat(
              bench.http(
                  granted(
                      server.url(), "client_credentials", "\"issuers\": [\"https://i.example\"],")))
          .isInstanceOf(Outcome.Succeeded.class);
    }
  }

  @Test
  void aRefusingTokenEndpointIsToldByItsOwnWordsAndAFailingOneIsOfCommunication() {
    try (var server =
        StandIn.of(_ -> Reply.json(400, "{\"error\":\"invalid_client\",\"sent\":\"s3cr3t&\"}"))) {
      var failed = failure(bench.http(client(server.url(), "client_secret_post")));
      assertThat(failed.kind()).isEqualTo("authentication");
      assertThat(failed.status()).isEqualTo(401);
      assertThat(failed.detail()).contains("invalid_client");
    }
    try (var server = StandIn.of(_ -> Reply.json(503, "{}").with("Retry-After", "7"))) {
      var failed = failure(bench.http(client(server.url(), "client_secret_post")));
      assertThat(failed.kind()).isEqualTo("communication");
      assertThat(failed.status()).isEqualTo(503);
      assertThat(failed.retryAfter()).isPresent();
    }
  }

  @Test
  void changingCallsCarryTheirKeyUnlessTheyBringOne() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      bench.http(PlainHttpTest.post(server.url()));
      assertThat(server.received().getFirst().header("Idempotency-Key")).isEqualTo(Workbench.KEY);
      bench.http(PlainHttpTest.get(server.url()));
      assertThat(server.received().get(1).header("Idempotency-Key")).isEmpty();
      bench.http(
          """
          {"method": "patch", "endpoint": "%s", "headers": {"idempotency-key": "mine"}}\
          """
              .formatted(server.url()));
      assertThat(server.received().get(2).header("Idempotency-Key")).isEqualTo("mine");
    }
  }

  private static String client(String url, String way) {
    return """
    {"endpoint": {"uri": "%s/api", "authentication": {"oauth2": {"authority": "%s",
      "grant": "client_credentials", "scopes": ["a", "b"], "audiences": ["x"],
      "client": {"id": "id", "secret": "s3cr3t&", "assertion": "signed", "authentication": "%s"}}}}}\
    """
        .formatted(url, url, way);
  }

  private static String granted(String url, String grant, String more) {
    return """
    {"endpoint": {"uri": "%s/api", "authentication": {"oauth2": {"authority": "%s",
      "grant": "%s", %s "client": {"id": "id", "secret": "s3cr3t"}}}}}\
    """
        .formatted(url, url, grant, more);
  }

  private static String discovered(String authority, String more) {
    return """
    {"endpoint": {"uri": "%s/api", "authentication": {"oidc": {"authority": "%s",
      "grant": "client_credentials", %s "client": {"id": "id", "secret": "s3cr3t"}}}}}\
    """
        .formatted(authority.replaceAll("/[a-z]+$", ""), authority, more);
  }

  /** Gives out tokens t1, t2, ... and serves whoever shows one. */
  private static final class TokenServer implements AutoCloseable {
    private final AtomicInteger given = new AtomicInteger();
    private final List<String> refused = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final String more;
    private volatile boolean refreshing = true;
    private volatile String issuer = "";
    private final StandIn server;

    TokenServer(String more) {
      this.more = more;
      this.server = StandIn.of(this::answer);
    }

    private Reply answer(Received request) {
      if (request.path().endsWith("openid-configuration")) {
        var own = url() + "/realm";
        var issuer = request.path().startsWith("/realm") ? own : "https://elsewhere.example";
        return Reply.json(
            200, "{\"issuer\":\"%s\",\"token_endpoint\":\"%s/token\"}".formatted(issuer, own));
      }
      if (request.path().endsWith("/token")) {
        if (request.body().contains("grant_type=refresh_token") && !refreshing) {
          return Reply.json(400, "{\"error\":\"invalid_grant\"}");
        }
        var token = "t" + given.incrementAndGet();
        if (!issuer.isEmpty()) {
          var claims = "{\"iss\":\"" + issuer + "\"}";
          token =
              "h."
                  + Base64.getUrlEncoder()
                      .withoutPadding()
                      .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                  + ".s";
        }
        return Reply.json(
            200, "{\"access_token\":\"%s\",\"token_type\":\"bearer\",%s}".formatted(token, more));
      }
      var shown = request.header("Authorization");
      boolean good = shown.startsWith("Bearer ") && !refused.contains(shown.substring(7));
      return good ? Reply.json(200, "{\"by\":\"" + shown + "\"}") : Reply.json(401, "{}");
    }

    void refuse(String token) {
      refused.add(token);
    }

    void withdrawRefreshing() {
      refreshing = false;
    }

    void issueJwtOf(String name) {
      issuer = name;
    }

    String url() {
      return server.url();
    }

    List<Received> at(String path) {
      return server.received().stream().filter(it -> it.path().equals(path)).toList();
    }

    List<Received> tokens() {
      return server.received().stream().filter(it -> it.path().endsWith("/token")).toList();
    }

    Received last() {
      return tokens().getLast();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
