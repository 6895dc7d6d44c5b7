package io.signalbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Presses buttons as Slack does: a form with one JSON field, signed with a time. */
record SlackButtons(Client anybody, String secret) {
  /** The form that Slack would send for the button of this message. */
  static String press(JsonNode message, String decision, String user, String reason) {
    JsonNode button =
        message.path("blocks").findParents("action_id").stream()
            .filter(it -> it.path("action_id").asText().equals("signalbox." + decision))
            .findFirst()
            .orElseThrow();
    ObjectNode payload = Json.object().put("type", "block_actions");
    payload.putObject("user").put("id", user);
    payload.putObject("team").put("id", "T1");
    payload
        .putArray("actions")
        .addObject()
        .put("action_id", "signalbox." + decision)
        .put("value", button.path("value").asText());
    payload
        .putObject("state")
        .putObject("values")
        .putObject("signalbox.reason")
        .putObject("reason")
        .put("value", reason);
    return "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
  }

  String signature(String timestamp, String form) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = ("v0:" + timestamp + ":" + form).getBytes(StandardCharsets.UTF_8);
    return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed));
  }

  Client.Reply send(String form, Instant at) throws Exception {
    String timestamp = Long.toString(at.getEpochSecond());
    return send(form, timestamp, signature(timestamp, form));
  }

  Client.Reply send(String form, String timestamp, String signature) throws Exception {
    return anybody.send(
        "POST",
        "/v1/hooks/slack",
        form,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp",
        timestamp,
        "X-Slack-Signature",
        signature);
  }

  /** Whether Slack's own code takes this request. */
  boolean genuine(String form, String timestamp, String signature) throws Exception {
    ObjectNode order = Json.object().put("what", "slack").put("secret", secret).put("body", form);
    order
        .putObject("headers")
        .put("x-slack-signature", signature)
        .put("x-slack-request-timestamp", Long.parseLong(timestamp));
    return Counterparts.ask(order).path("ok").asBoolean();
  }
}
