package io.signalbox.agents.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Answer;
import io.signalbox.agents.hands.web.Content;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.notify.Errand.What;
import io.signalbox.protocol.notify.Errand;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Posts to a Slack channel, and changes what was posted once it is decided. */
final class SlackDesk {
  private final Routes routes;
  private final URI usual;

  SlackDesk(Routes routes, URI usual) {
    this.routes = routes;
    this.usual = usual;
  }

  Optional<JsonNode> bring(Errand errand) throws Setback {
    ObjectNode body = SlackMessage.of(errand);
    if (errand.what() == What.SETTLED) {
      JsonNode posted = errand.reference().orElseThrow();
      body.set("channel", posted.path("channel"));
      body.set("ts", posted.path("ts"));
      call("chat.update", body, errand);
      return Optional.empty();
    }
    body.put("channel", errand.channel().config().path("channel").asText());
    JsonNode answer = call("chat.postMessage", body, errand);
    ObjectNode reference = Json.object();
    reference.set("channel", answer.path("channel"));
    reference.set("ts", answer.path("ts"));
    return Optional.of(reference);
  }

  private JsonNode call(String method, JsonNode body, Errand errand) throws Setback {
    String base = errand.channel().config().path("baseUrl").asText(usual.toString());
    Answer answer =
        routes.post(
            URI.create(base.replaceAll("/+$", "") + "/" + method),
            Routes.bytes(body),
            Map.of("Authorization", List.of("Bearer " + routes.secret(errand, "token"))),
            errand);
    if (!answer.isSuccess()) {
      throw Setback.failed("communication", answer.status(), "Slack answered " + answer.status());
    }
    JsonNode said = Content.json(answer, true);
    if (!said.path("ok").asBoolean(false)) {
      String error = said.path("error").asText("neither ok nor an error");
      throw Setback.failed("communication", status(error), "Slack refused " + method + ": " + error);
    }
    return said;
  }

  /** What an operator can put right may be tried again; what is wrong with the message, not. */
  private static int status(String error) {
    return switch (error) {
      case "invalid_blocks", "msg_too_long", "no_text", "message_not_found", "cant_update_message" ->
          422;
      default -> 503;
    };
  }
}
