package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People are asked in Slack, decide there, and only those who are mapped to an approver count. */
class SlackJourney {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.http.hooks.slack { type = slack, secret = "%s" }
          signalbox.agents.hands.secrets.values.slack-bot = "xoxb-for-tests"
          signalbox.runtime.notifications { look-interval = 100 ms, retry-shortest = 100 ms }
          """
              .formatted(SECRET));

  private final Client admin = GATEWAY.client();
  private final SlackButtons buttons = new SlackButtons(admin.as(""), SECRET);

  private static Said posted() {
    return Said.json(200, "{\"ok\": true, \"channel\": \"C1\", \"ts\": \"17.01\"}");
  }

  private void channel(Outside slack) throws Exception {
    admin.put(
        "/v1/channels/ops",
        """
        kind: slack
        people: [{address: U111OLGA, principal: 'user:olga', roles: [officer]},
                 {address: U222RITA, principal: 'user:rita', roles: [officer]},
                 {address: U333STAN, principal: 'user:stan', roles: [clerk]}]
        config: {channel: '#ops', token: slack-bot, team: T1, baseUrl: '%s/api'}
        """
            .formatted(slack.url()));
  }

  private static JsonNode message(Outside slack, String approval) throws Exception {
    return Eventually.get(
        "Slack has the message",
        () ->
            slack.received("/api/chat.postMessage").stream()
                .filter(it -> it.body().contains(approval))
                .findFirst()
                .map(it -> read(it.body()))
                .orElseGet(Json::object),
        it -> !it.isEmpty());
  }

  private static JsonNode read(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aButtonDecidesOnceForWhoIsMappedAndTheMessageIsUpdated() throws Exception {
    try (Outside slack =
        Outside.open().on("/api/", _ -> posted()).on("/pay", _ -> Said.json(200, "{}"))) {
      channel(slack);
      admin
          .put(
              "/v1/tools/pay",
              """
              kind: http
              description: Pays
              risk: destructive
              approvers: ['role:officer']
              approval: {reasonRequired: true, notify: [ops], expires: PT1H}
              config: {method: post, url: '%s/pay'}
              """
                  .formatted(slack.url()))
          .expect(201);
      Client rita = admin.keyFor("user:rita", "officer");
      JsonNode held =
          rita.post("/v1/tools/pay/call", "{arguments: {to: '<!channel> ```'}}").expect(202).json();
      String approval = held.path("approvalId").asText();
      JsonNode message = message(slack, approval);
      assertThat(slack.received("/api/chat.postMessage").getFirst().header("Authorization"))
          .contains("Bearer xoxb-for-tests");
      assertThat(message.toString()).contains("destructive", "user:rita").doesNotContain("<!chan");
      Instant now = Instant.now();
      String fine = SlackButtons.press(message, "approve", "U111OLGA", "looks right");

      // forged, stale, unmapped, self-made, no approver, no reason: none is accepted
      buttons.send(fine, Long.toString(now.getEpochSecond()), "v0=00").problem(401);
      buttons.send(fine, now.minus(Duration.ofMinutes(6))).problem(401);
      buttons.send(SlackButtons.press(message, "approve", "U999NOBODY", "x"), now).problem(403);
      buttons.send(SlackButtons.press(message, "approve", "U222RITA", "x"), now).problem(403);
      buttons.send(SlackButtons.press(message, "approve", "U333STAN", "x"), now).problem(403);
      buttons.send(SlackButtons.press(message, "approve", "U111OLGA", ""), now).problem(422);
      assertThat(slack.received("/pay")).isEmpty();
      assertThat(audited("approval:" + approval))
          .contains("slack:U999NOBODY", "user:rita", "user:stan", "user:olga", "slack:ops")
          .contains("approval-mapping", "approval-four-eyes", "approval-approvers");

      buttons.send(fine, now).expect(200);
      admin.completed(held.path("run").asText());
      assertThat(slack.received("/pay")).hasSize(1);
      // the very same once more
      buttons.send(fine, now).problem(409);
      assertThat(slack.received("/pay")).hasSize(1);
      JsonNode updated =
          Eventually.get(
              "the message is updated",
              () -> slack.received("/api/chat.update"),
              it -> !it.isEmpty())
              .stream()
              .map(it -> read(it.body()))
              .findFirst()
              .orElseThrow();
      assertThat(updated.path("ts").asText()).isEqualTo("17.01");
      assertThat(updated.toString()).contains("Approved by user:olga").doesNotContain("button");
      JsonNode view = admin.get("/v1/approvals/" + approval).expect(200).json();
      assertThat(view.at("/decisions/0/via").asText()).isEqualTo("slack:ops");
    }
  }

  /** What the audit trail says of this, once it says all that is asked of it here. */
  private static String audited(String about) throws Exception {
    return Eventually.get(
        "the audit trail has every refusal",
        () -> {
          try (var connection = Chain.open(GATEWAY.database());
              var statement = connection.createStatement();
              var rows =
                  statement.executeQuery(
                      "select string_agg(convert_from(event_payload, 'UTF8'), ' ')"
                          + " from event_journal where persistence_id like 'gate%'")) {
            rows.next();
            return String.valueOf(rows.getString(1));
          }
        },
        it -> it.contains(about) && it.contains("approval-422") && it.contains("bad-signature"));
  }

  @Test
  void slacksOwnCodeAgreesOnWhatIsGenuine() throws Exception {
    String form = "payload=%7B%7D";
    String fresh = Long.toString(Instant.now().getEpochSecond());
    String old = Long.toString(Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond());
    assertThat(buttons.genuine(form, fresh, buttons.signature(fresh, form))).isTrue();
    assertThat(buttons.genuine(form, old, buttons.signature(old, form))).isFalse();
    assertThat(buttons.genuine(form, fresh, buttons.signature(old, form))).isFalse();
    buttons.send(form, fresh, buttons.signature(fresh, form)).expect(202);
    buttons.send(form, old, buttons.signature(old, form)).problem(401);
    buttons.send(form, fresh, buttons.signature(old, form)).problem(401);
  }

  @Test
  void aSecretItselfIsNotTakenForItsName() throws Exception {
    admin
        .put(
            "/v1/channels/wrong",
            "{kind: slack, config: {channel: '#x', token: xoxb-123-456}, people: []}")
        .problem(422);
    admin
        .keyFor("user:stan", "clerk")
        .put("/v1/channels/mine", "{kind: slack, config: {channel: '#x', token: t}, people: []}")
        .problem(403);
  }
}
