package io.signalbox.http.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.http.wire.Bodies;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.CloudEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Turns verified deliveries into CloudEvents whose id is the delivery's own, so one acts once. */
final class Deliveries {
  private Deliveries() {}

  static CloudEvent github(Call call, Instant now) {
    JsonNode payload = call.json();
    String event = needed(call, "X-GitHub-Event");
    String id = needed(call, "X-GitHub-Delivery");
    Optional<String> action = text(payload.path("action"));
    JsonNode repository = payload.path("repository");
    String source =
        text(repository.path("html_url"))
            .or(() -> text(repository.path("full_name")).map(name -> "https://github.com/" + name))
            .or(() -> text(payload.at("/organization/login")).map(o -> "https://github.com/" + o))
            .orElse("https://github.com");
    Optional<String> subject =
        Optional.of(payload.path("number")).filter(JsonNode::isInt).map(JsonNode::asText);
    String type = "com.github." + event + action.map(a -> "." + a).orElse("");
    return event(id, source, type, subject, now, payload);
  }

  static CloudEvent slack(Call call, JsonNode payload, String bodyHash, Instant now) {
    String kind = text(payload.path("type")).orElse("command");
    String type =
        kind.equals("event_callback")
            ? "com.slack.event." + text(payload.at("/event/type")).orElse("unknown")
            : "com.slack." + kind;
    String team =
        text(payload.path("team_id")).or(() -> text(payload.at("/team/id"))).orElse("unknown");
    // interactions carry no id of their own: the same signed request is the same delivery
    String id =
        text(payload.path("event_id"))
            .orElseGet(() -> call.header("X-Slack-Request-Timestamp").orElse("") + "-" + bodyHash);
    return event(id, "https://slack.com/team/" + team, type, Optional.empty(), now, payload);
  }

  static CloudEvent standard(Call call, String hook, Instant now) {
    JsonNode payload = call.json();
    String type = text(payload.path("type")).orElse("webhook." + hook);
    String id = needed(call, "webhook-id");
    return event(id, "urn:signalbox:hook:" + hook, type, Optional.empty(), now, payload);
  }

  /** Slack sends events as JSON, interactions as a form field of JSON, commands as a form. */
  static JsonNode slackPayload(Call call) {
    if (!call.mediaType().equals("application/x-www-form-urlencoded")) {
      return call.json();
    }
    ObjectNode form = Json.object();
    for (String pair : Bodies.text(call.body().toArrayUnsafe()).split("&", -1)) {
      int is = pair.indexOf('=');
      if (is > 0) {
        form.set(decoded(pair.substring(0, is)), TextNode.valueOf(decoded(pair.substring(is + 1))));
      }
    }
    JsonNode payload = form.path("payload");
    return payload.isTextual()
        ? Bodies.parse(payload.textValue().getBytes(StandardCharsets.UTF_8))
        : form;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.malformed("the form is not percent-encoded: " + e.getMessage());
    }
  }

  private static CloudEvent event(
      String id, String source, String type, Optional<String> subject, Instant now, JsonNode data) {
    Optional<String> json = Optional.of("application/json");
    return new CloudEvent(id, source, type, subject, now, json, Map.of(), data);
  }

  private static String needed(Call call, String header) {
    return call.header(header)
        .filter(value -> !value.isBlank() && value.length() <= 256)
        .orElseThrow(() -> Problem.malformed("the header " + header + " is missing"));
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
