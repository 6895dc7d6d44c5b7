package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.boot.Gateway;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Received;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages are signed, retried, given up where everybody sees it, and outlive their node. */
class WebhookJourney {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SETTINGS =
      """
      signalbox.runtime.notifications {
        look-interval = 100 ms, retry-shortest = 100 ms, retry-longest = 300 ms, attempts = 3
      }
      signalbox.agents.hands.secrets.values { hook-key = "%s", teams-url = "TEAMS" }
      """
          .formatted(SECRET);

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static void channel(Client admin, Outside outside) throws Exception {
    admin
        .put(
            "/v1/channels/hook",
            """
            kind: webhook
            people: [{principal: 'user:olga', roles: [officer]}]
            config: {url: '%s/hook', secret: hook-key}
            """
                .formatted(outside.url()))
        .expect(201);
  }

  private static String asks(Client admin, String name) throws Exception {
    admin.deploy(
        name,
        "do: [{sign: {call: approval, with: {title: Sign, approvers: ['role:officer'],"
            + " notify: [hook]}}}]");
    return admin.keyFor("user:rita", "clerk").start(name, "");
  }

  private static boolean verified(Received request) throws Exception {
    ObjectNode order =
        Json.object().put("what", "standard").put("secret", SECRET).put("body", request.body());
    ObjectNode headers = order.putObject("headers");
    for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      headers.put(name, request.header(name).orElseThrow());
    }
    return Counterparts.ask(order).path("ok").asBoolean();
  }

  private static JsonNode deadLetters(Client admin, int wanted) throws Exception {
    return Eventually.get(
            wanted + " dead letters",
            () -> admin.get("/v1/dead-letters").expect(200).json(),
            it -> it.path("items").size() == wanted)
        .path("items");
  }

  @Test
  void messagesAreSignedRetriedGivenUpSentAgainAndGoOnAtAnotherNode() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    Path one = Folder.make("one");
    Path two = Folder.make("two");
    String address = LiveGateway.address(DATABASE);
    try (Outside outside =
        Outside.open().on("/hook", _ -> Said.json(status.get(), "{}"))) {
      String run;
      try (Gateway gateway = LiveGateway.start(one, address, SETTINGS)) {
        gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Client admin = new Client(gateway.address(), LiveGateway.key(one));
        channel(admin, outside);
        run = asks(admin, "first");
        JsonNode letter = deadLetters(admin, 1).path(0);
        assertThat(letter.path("kind").asText()).isEqualTo("notification");
        assertThat(letter.path("attempts").asInt()).isEqualTo(3);
        assertThat(letter.path("reason").asText()).contains("503");
        assertThat(letter.at("/body/channel").asText()).isEqualTo("hook");
        assertThat(outside.received("/hook")).hasSize(3);
        admin
            .post("/v1/dead-letters/" + letter.path("id").asText() + "/resend", "{}")
            .expect(202);
        Eventually.get(
            "it is tried again", () -> outside.received("/hook").size(), it -> it > 3);
      }
      // the node is gone, and the message still due; another node finds it
      status.set(200);
      int before = outside.received("/hook").size();
      try (Gateway gateway = LiveGateway.start(two, address, SETTINGS)) {
        gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Client admin = new Client(gateway.address(), LiveGateway.key(two));
        for (JsonNode letter : admin.get("/v1/dead-letters").expect(200).json().path("items")) {
          admin
              .post("/v1/dead-letters/" + letter.path("id").asText() + "/resend", "{}")
              .expect(202);
        }
        Received sent =
            Eventually.get(
                    "it is delivered",
                    () -> outside.received("/hook"),
                    it -> it.size() > before)
                .getLast();
        assertThat(verified(sent)).isTrue();
        assertThat(
                verified(
                    new Received(
                        sent.method(),
                        sent.path(),
                        sent.query(),
                        sent.headers(),
                        sent.body().replace("Sign", "Sing"))))
            .isFalse();
        JsonNode body = Json.MAPPER.readTree(sent.body());
        assertThat(body.path("type").asText()).isEqualTo("approval.requested");
        assertThat(body.at("/data/approval/run").asText()).isEqualTo(run);
        // every attempt had the same id, by which the receiver knows a repetition
        assertThat(
                outside.received("/hook").stream()
                    .map(it -> it.header("webhook-id").orElse(""))
                    .distinct())
            .hasSize(1);
        deadLetters(admin, 0);
        // and the link in it decides at the new node
        String link = body.at("/data/link").asText().replaceFirst("http://[^/]+", "");
        admin
            .as("")
            .send(
                "POST",
                link,
                "decision=approve",
                "Content-Type",
                "application/x-www-form-urlencoded")
            .expect(200);
        assertThat(admin.completed(run).at("/output/by").asText()).isEqualTo("user:olga");
        Eventually.get(
            "the end is told",
            () -> outside.received("/hook").getLast().body(),
            it -> it.contains("approval.settled"));
      }
    } finally {
      Folder.delete(one);
      Folder.delete(two);
    }
  }

  @Test
  void githubsOwnCodeSignsWhatTheGatewayTakes() throws Exception {
    ObjectNode order =
        Json.object().put("what", "githubSign").put("secret", "It's a Secret").put("body", "{}");
    String signature = Counterparts.ask(order).path("ok").asText();
    assertThat(
            io.signalbox.http.hooks.Signatures.github(
                "It's a Secret", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), signature))
        .isTrue();
  }
}
