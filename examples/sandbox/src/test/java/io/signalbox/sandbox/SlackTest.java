package io.signalbox.sandbox;

import static io.signalbox.sandbox.Rig.BEARER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackTest {
  private static final String API = "/slack/api/";
  private static final String MESSAGE =
      """
      {"channel": "C0COMPLIANCE", "text": "Look at this",
       "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Look"}}],
       "metadata": {"event_type": "signalbox", "event_payload": {"key": "r1-8"}}}
      """;

  @TempDir private Path data;

  @Test
  void refusalsAreTwoHundredsThatSayNotOk() throws Exception {
    try (Rig rig = new Rig(data)) {
      var nobody = rig.post(API + "chat.postMessage", MESSAGE);
      assertThat(nobody.status()).isEqualTo(200);
      assertThat(nobody.at("/error")).isEqualTo("not_authed");
      var wrong = rig.post(API + "chat.postMessage", MESSAGE, "Authorization", "Bearer wrong");
      assertThat(wrong.at("/error")).isEqualTo("invalid_auth");
      assertThat(post(rig, MESSAGE.replace("C0COMPLIANCE", "C0NOWHERE")).at("/error"))
          .isEqualTo("channel_not_found");
      assertThat(post(rig, "{\"channel\": \"C0COMPLIANCE\"}").at("/error")).isEqualTo("no_text");
    }
  }

  @Test
  void historyShowsMetadataOnlyWhenAskedFor() throws Exception {
    try (Rig rig = new Rig(data)) {
      assertThat(post(rig, MESSAGE).json().path("ok").asBoolean()).isTrue();
      String history = API + "conversations.history?channel=C0COMPLIANCE";
      assertThat(rig.get(history, "Authorization", BEARER).json().at("/messages/0").has("metadata"))
          .isFalse();
      var all = rig.get(history + "&include_all_metadata=true", "Authorization", BEARER);
      assertThat(all.at("/messages/0/metadata/event_payload/key")).isEqualTo("r1-8");
    }
  }

  @Test
  void anUpdateReplacesTheMessageInItsPlace() throws Exception {
    try (Rig rig = new Rig(data)) {
      String ts = post(rig, MESSAGE).at("/ts");
      post(rig, MESSAGE.replace("Look at this", "And this"));
      var updated =
          rig.post(
              API + "chat.update",
              "{\"channel\": \"C0COMPLIANCE\", \"ts\": \"" + ts + "\", \"text\": \"Done\"}",
              "Authorization",
              BEARER);
      assertThat(updated.at("/text")).isEqualTo("Done");
      var history =
          rig.get(API + "conversations.history?channel=C0COMPLIANCE", "Authorization", BEARER);
      assertThat(history.at("/messages/0/text")).isEqualTo("And this");
      assertThat(history.at("/messages/1/text")).isEqualTo("Done");
      var missing =
          rig.post(
              API + "chat.update",
              "{\"channel\": \"C0COMPLIANCE\", \"ts\": \"1.000001\", \"text\": \"Done\"}",
              "Authorization",
              BEARER);
      assertThat(missing.at("/error")).isEqualTo("message_not_found");
    }
  }

  @Test
  void formsAreReadToo() throws Exception {
    try (Rig rig = new Rig(data)) {
      var made =
          rig.post(
              API + "chat.postMessage?channel=C0GENERAL&text=hello", "", "Authorization", BEARER);
      assertThat(made.at("/channel")).isEqualTo("C0GENERAL");
    }
  }

  private static Rig.Reply post(Rig rig, String body) throws Exception {
    return rig.post(API + "chat.postMessage", body, "Authorization", BEARER);
  }
}
