package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import io.signalbox.protocol.event.CloudEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HookRoutesTest {
  private static final String PULL_REQUEST =
      """
      {"action":"opened","number":2,"pull_request":{"number":2,"title":"Update"},
       "repository":{"full_name":"octo/hello","html_url":"https://github.com/octo/hello"}}""";

  private static String hmac(String secret, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Told deliver(String hook, String type, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(Served.BASE.resolve("/v1/hooks/" + hook))
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", type);
    return Served.send(headers.length == 0 ? request : request.headers(headers));
  }

  private static Told github(String id, String signature) {
    return deliver(
        "github",
        "application/json",
        PULL_REQUEST,
        "X-GitHub-Event",
        "pull_request",
        "X-GitHub-Delivery",
        id,
        "X-Hub-Signature-256",
        signature);
  }

  private static CloudEvent event(String id) {
    return Served.WORLD.events.stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aSignedGithubDeliveryBecomesAnEventOnce() throws Exception {
    String signature = "sha256=" + hmac("It's a Secret to Everybody", PULL_REQUEST);
    assertThat(github("d-1", signature).status()).isEqualTo(202);
    assertThat(github("d-1", signature).body().path("fresh").asBoolean()).isFalse();
    CloudEvent event = event("d-1");
    assertThat(event.type()).isEqualTo("com.github.pull_request.opened");
    assertThat(event.source()).isEqualTo("https://github.com/octo/hello");
    assertThat(event.subject()).contains("2");
    assertThat(event.data().at("/pull_request/title").asText()).isEqualTo("Update");
  }

  @Test
  void aWrongSignatureChangesNothing() throws Exception {
    Told told = github("d-2", "sha256=" + hmac("guessed", PULL_REQUEST));
    assertThat(told.status()).isEqualTo(401);
    assertThat(told.header("Content-Type")).contains("problem+json");
    assertThat(github("d-2", "sha1=abc").status()).isEqualTo(401);
    assertThat(deliver("github", "application/json", "{]").status()).isEqualTo(401);
    assertThat(Served.WORLD.events).noneMatch(e -> e.id().equals("d-2"));
    assertThat(deliver("unknown", "application/json", "{}").status()).isEqualTo(404);
  }

  @Test
  void slackInteractionsArriveAsForms() throws Exception {
    String body =
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T1%22%7D%7D";
    String now = Long.toString(Instant.now().getEpochSecond());
    String signature = "v0=" + hmac("8f742231b10e8888abcd99yyyzzz85a5", "v0:" + now + ":" + body);
    Told told =
        deliver(
            "chat",
            "application/x-www-form-urlencoded",
            body,
            "X-Slack-Request-Timestamp",
            now,
            "X-Slack-Signature",
            signature);
    assertThat(told.status()).isEqualTo(202);
    CloudEvent event = event(told.body().path("id").asText());
    assertThat(event.type()).isEqualTo("com.slack.block_actions");
    assertThat(event.source()).isEqualTo("https://slack.com/team/T1");
    Told stale =
        deliver(
            "chat",
            "application/x-www-form-urlencoded",
            body,
            "X-Slack-Request-Timestamp",
            "1531420618",
            "X-Slack-Signature",
            "v0=" + hmac("8f742231b10e8888abcd99yyyzzz85a5", "v0:1531420618:" + body));
    assertThat(stale.status()).isEqualTo(401);
  }
}
