package io.signalbox.agents.hands.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Content;
import io.signalbox.agents.hands.web.Rest;
import java.util.Optional;

/** Slack's manner: 200 for almost everything, the truth is in {@code ok} and {@code error}. */
record WebApi(Rest rest) {
  JsonNode read(String method, String query) throws Setback {
    return checked(method, rest.get("/" + method + "?" + query), false);
  }

  JsonNode act(String method, JsonNode body) throws Setback {
    return checked(method, Content.json(rest.post("/" + method, body), true), true);
  }

  private static JsonNode checked(String method, JsonNode answer, boolean effect) throws Setback {
    if (answer.path("ok").asBoolean(false)) {
      return answer;
    }
    var error = answer.path("error").asText("");
    if (error.isEmpty()) {
      throw Setback.garbled(effect, "Slack answered " + method + " with neither ok nor an error");
    }
    throw refusal(method, error, answer, effect);
  }

  /** Slack says of its own inner errors that the operation may have taken place all the same. */
  private static Setback refusal(String method, String error, JsonNode answer, boolean effect) {
    var detail = "Slack refused " + method + ": " + error + more(answer);
    return switch (error) {
      case "internal_error", "fatal_error" ->
          effect ? Setback.unknown(detail) : Setback.failed("communication", 500, detail);
      case "ratelimited", "rate_limited", "message_limit_exceeded" ->
          Setback.failed("communication", 429, detail, Optional.empty());
      case "service_unavailable", "request_timeout", "team_added_to_org" ->
          Setback.failed("communication", 503, detail);
      case "not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive" ->
          Setback.failed("authentication", 401, detail);
      case "missing_scope",
          "not_in_channel",
          "no_permission",
          "restricted_action",
          "cant_update_message",
          "ekm_access_denied",
          "not_allowed_token_type" ->
          Setback.failed("authorization", 403, detail);
      case "channel_not_found", "message_not_found", "thread_not_found" ->
          Setback.failed("communication", 404, detail);
      default -> Setback.failed("validation", 422, detail);
    };
  }

  private static String more(JsonNode answer) {
    var messages = answer.at("/response_metadata/messages");
    var needed = answer.path("needed").asText("");
    return (needed.isEmpty() ? "" : " (needed: " + needed + ")")
        + (messages.isEmpty() ? "" : " " + messages);
  }
}
