package io.signalbox.agents.notify;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.web.Answer;
import io.signalbox.agents.hands.web.Ask;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.notify.Errand;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** The way to people by each kind of channel. Blocks; for virtual threads. */
final class Routes {
  private final CourierSettings settings;
  private final Wire wire;
  private final Vault vault;
  private final InstantSource clock;

  Routes(CourierSettings settings, Wire wire, Vault vault, InstantSource clock) {
    this.settings = settings;
    this.wire = wire;
    this.vault = vault;
    this.clock = clock;
  }

  /** Where the message now is, if the channel can tell. */
  Optional<JsonNode> bring(Errand errand) throws Setback {
    return switch (errand.channel().kind()) {
      case "slack" -> new SlackDesk(this, settings.slack()).bring(errand);
      case "teams" -> {
        JsonNode card = TeamsCard.of(errand);
        accepted(post(URI.create(secret(errand, "url")), bytes(card), Map.of(), errand), "Teams");
        yield Optional.empty();
      }
      case "email" -> {
        new Mail(settings.timeout()).send(errand, password(errand));
        yield Optional.empty();
      }
      case "webhook" -> {
        webhook(errand);
        yield Optional.empty();
      }
      default ->
          throw Setback.invalid("channels of kind " + errand.channel().kind() + " are not built");
    };
  }

  private void webhook(Errand errand) throws Setback {
    Instant now = clock.instant();
    byte[] body = bytes(WebhookBody.of(errand, now));
    Map<String, List<String>> headers = new HashMap<>();
    StandardWebhooks.sign(secret(errand, "secret"), errand.id(), now, body)
        .forEach((name, value) -> headers.put(name, List.of(value)));
    URI url = URI.create(errand.channel().config().path("url").asText());
    accepted(post(url, body, headers, errand), "the webhook's receiver");
  }

  private String password(Errand errand) throws Setback {
    return errand.channel().config().path("username").asText("").isEmpty()
        ? ""
        : secret(errand, "password");
  }

  /** The value of the secret that the channel names in this field. */
  String secret(Errand errand, String field) throws Setback {
    String name = errand.channel().config().path(field).asText("");
    String value = vault.fields(name).get("");
    if (value == null) {
      throw Setback.failed(
          "configuration", 424, "the secret '" + name + "' has several values; one is needed");
    }
    return value;
  }

  /** Sends JSON; the answer is whatever came back. */
  Answer post(URI url, byte[] body, Map<String, List<String>> headers, Errand errand)
      throws Setback {
    Map<String, List<String>> all = new HashMap<>(headers);
    all.put("Content-Type", List.of("application/json; charset=utf-8"));
    Instant deadline = clock.instant().plus(settings.timeout());
    return wire.talk(deadline, errand.leaseUntil())
        .ask(new Ask("POST", url, all, Optional.of(ByteString.fromArray(body)), true));
  }

  private static void accepted(Answer answer, String who) throws Setback {
    if (!answer.isSuccess()) {
      throw Setback.failed(
          "communication", answer.status(), who + " answered " + answer.status());
    }
  }

  static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
