package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A card in Teams leads to a page; who is not answered is followed by who may answer as well. */
class TeamsJourney {
  private static final Outside TEAMS = open();

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.notifications { look-interval = 100 ms, retry-shortest = 100 ms }
          signalbox.agents.hands.secrets.values {
            to-olga = "%s/olga?sig=1", to-chief = "%s/chief?sig=2", to-nobody = "%s/gone?sig=3"
          }
          """
              .formatted(TEAMS.url(), TEAMS.url(), TEAMS.url()));

  private final Client admin = GATEWAY.client();

  private static Outside open() {
    try {
      return Outside.open()
          .on("/olga", _ -> Said.json(202, ""))
          .on("/chief", _ -> Said.json(202, ""))
          .on("/gone", _ -> Said.json(404, "{}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() {
    TEAMS.close();
  }

  private void channel(String name, String secret, String person) throws Exception {
    admin
        .put(
            "/v1/channels/" + name,
            "{kind: teams, config: {url: %s}, people: [{principal: 'user:%s', roles: [%s]}]}"
                .formatted(secret, person, person))
        .expect(201);
  }

  private static JsonNode card(String path) throws Exception {
    return Json.MAPPER.readTree(
        Eventually.get("a card at " + path, () -> TEAMS.received(path), it -> !it.isEmpty())
            .getFirst()
            .body());
  }

  @Test
  void aCardLeadsToThePageAndSilenceToTheNextPerson() throws Exception {
    channel("olga", "to-olga", "olga");
    channel("chief", "to-chief", "carl");
    admin.deploy(
        "carded",
        "do: [{sign: {call: approval, with: {title: 'Sign [x](http://evil)', approvers:"
            + " ['role:olga'], notify: [olga], escalate: [{after: PT1S, to: ['role:carl'],"
            + " notify: [chief]}]}}}]");
    String run = admin.keyFor("user:rita", "clerk").start("carded", "");
    JsonNode envelope = card("/olga");
    assertThat(envelope.at("/attachments/0/contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode content = envelope.at("/attachments/0/content");
    assertThat(content.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(content.path("body").toString()).contains("user:rita").doesNotContain("[x](http");
    assertThat(content.at("/actions/0/type").asText()).isEqualTo("Action.OpenUrl");
    JsonNode chief = card("/chief").at("/attachments/0/content");
    assertThat(chief.at("/body/0/text").asText()).startsWith("Still waiting");
    String link = chief.at("/actions/0/url").asText().replaceFirst("http://[^/]+", "");
    Client anybody = admin.as("");
    assertThat(anybody.get(link).expect(200).response().body()).contains("user:carl");
    anybody
        .send("POST", link, "decision=reject", "Content-Type", "application/x-www-form-urlencoded")
        .expect(200);
    assertThat(admin.completed(run).at("/output/by").asText()).isEqualTo("user:carl");
  }

  @Test
  void whatNobodyWillEverTakeIsGivenUpAtOnceAndSeen() throws Exception {
    channel("nobody", "to-nobody", "olga");
    admin.deploy(
        "lost",
        "do: [{sign: {call: approval, with: {title: Sign, approvers: ['role:olga'],"
            + " notify: [nobody, missing]}}}]");
    admin.keyFor("user:rita", "clerk").start("lost", "");
    JsonNode letters =
        Eventually.get(
                "both are dead letters",
                () -> admin.get("/v1/dead-letters").expect(200).json().path("items"),
                it -> it.size() == 2);
    List<String> reasons = letters.findValuesAsText("reason");
    assertThat(reasons).anyMatch(it -> it.contains("404"));
    assertThat(reasons).anyMatch(it -> it.contains("there is no channel named missing"));
    assertThat(TEAMS.received("/gone")).hasSize(1);
  }
}
