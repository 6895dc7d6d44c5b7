package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.Served.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be a channel and a standing grant; every fault at once, with its place. */
class ChannelRoutesTest {
  private static Told put(String path, String json) {
    return Served.with("PUT", path, json);
  }

  private static List<String> faults(Told told) {
    assertThat(told.status()).as(told.raw().body()).isEqualTo(422);
    return told.body().path("errors").findValuesAsText("pointer");
  }

  @Test
  void aChannelIsKeptAsItIsSentAndNeedsNoSecretItself() {
    Told told =
        put(
            "/v1/channels/mail",
            """
            {"kind": "email", "people": [{"address": "o@example.com", "principal": "user:o"}],
             "config": {"host": "smtp.example.com", "from": "gate@example.com"}}""");
    assertThat(told.status()).as(told.raw().body()).isEqualTo(201);
    JsonNode kept = Served.get("/v1/channels/mail").body();
    assertThat(kept.at("/config/host").asText()).isEqualTo("smtp.example.com");
    assertThat(kept.at("/people/0/principal").asText()).isEqualTo("user:o");
  }

  @Test
  void everyFaultIsToldAtOnce() {
    assertThat(
            faults(
                put(
                    "/v1/channels/bad",
                    """
                    {"kind": "slack", "config": {"token": "xoxb-1-2", "baseUrl": "ftp://x"},
                     "people": [{"address": "olga", "principal": "role:x", "roles": ["a b"]}]}""")))
        .contains(
            "/config/channel",
            "/config/token",
            "/config/baseUrl",
            "/people/0/principal",
            "/people/0/roles",
            "/people/0/address");
  }

  @Test
  void aCardOrWebhookIsForOnePersonAtMost() {
    assertThat(
            faults(
                put(
                    "/v1/channels/team",
                    """
                    {"kind": "teams", "config": {"url": "teams-url"},
                     "people": [{"principal": "user:a", "address": "a"},
                                {"principal": "user:b", "address": "b"}]}""")))
        .containsExactly("/people");
    assertThat(
            faults(
                put(
                    "/v1/channels/team",
                    "{\"kind\": \"teams\", \"config\": {\"url\": \"https://hooks.example/x\"}}")))
        .containsExactly("/config/url");
  }

  @Test
  void aGrantEndsInTheFutureAndNamesEveryArgument() {
    assertThat(
            faults(
                put("/v1/grants/g", "{\"tool\": \"t\", \"until\": \"2001-01-01T00:00:00Z\"}")))
        .contains("/until", "/arguments");
  }
}
