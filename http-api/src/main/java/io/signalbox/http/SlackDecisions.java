package io.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.approval.Channel;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Decisions made by a button in Slack. The delivery's signature has been checked; who pressed the
 * button counts only as the person that the channel maps them to.
 */
final class SlackDecisions {
  private static final String PREFIX = "signalbox.";

  private final Rooms rooms;
  private final Decisions decisions;

  SlackDecisions(Rooms rooms, Decisions decisions) {
    this.rooms = rooms;
    this.decisions = decisions;
  }

  /** The answer to a button of ours; empty for any other delivery. */
  Optional<CompletionStage<Answer>> take(String tenant, JsonNode payload) {
    JsonNode action = payload.path("actions").path(0);
    String id = action.path("action_id").asText("");
    if (!payload.path("type").asText("").equals("block_actions") || !id.startsWith(PREFIX)) {
      return Optional.empty();
    }
    JsonNode value = read(action.path("value").asText(""));
    String approval = value.path("approval").asText("");
    String name = value.path("channel").asText("");
    String word = id.substring(PREFIX.length());
    Optional<String> hash =
        Optional.of(value.path("hash").asText("")).filter(it -> !it.isEmpty());
    return Optional.of(
        rooms
            .catalog()
            .ask(
                CatalogReply.Found.class,
                to -> new CatalogCommand.Get(tenant, "channel", name, to))
            .thenCompose(
                found -> {
                  Principal by;
                  try {
                    by = person(tenant, channel(found), payload);
                  } catch (Problem no) {
                    String user = payload.path("user").path("id").asText("unknown");
                    decisions.unmapped(tenant, "slack:" + user, approval, no.detail());
                    throw no;
                  }
                  return decisions.decide(
                      ApprovalIds.run(tenant, approval),
                      approval,
                      new Decisions.Decision(
                          word,
                          by,
                          reason(payload),
                          Optional.empty(),
                          hash,
                          Optional.of("slack:" + name)));
                })
            .thenApply(view -> Answer.ok(Json.object().put("status", view.status()))));
  }

  private static Principal person(String tenant, Channel channel, JsonNode payload) {
    String user = payload.path("user").path("id").asText("");
    String team = payload.path("team").path("id").asText("");
    String wanted = channel.config().path("team").asText("");
    if (!channel.kind().equals("slack") || (!wanted.isEmpty() && !wanted.equals(team))) {
      throw refused("the button is of another workspace");
    }
    return channel
        .person(user)
        .map(it -> new Principal(tenant, it.principal(), Set.copyOf(it.roles()), false))
        .orElseThrow(
            () -> refused("the Slack user " + user + " is mapped to nobody in " + channel.name()));
  }

  private static Problem refused(String why) {
    return Problem.of(403, "not-allowed", "Not permitted", why);
  }

  /** What stands in the message's field for a reason. */
  private static Optional<String> reason(JsonNode payload) {
    return Optional.of(
            payload.at("/state/values/signalbox.reason/reason/value").asText("").strip())
        .filter(it -> !it.isEmpty());
  }

  private static Channel channel(CatalogReply.Found found) {
    try {
      return Json.MAPPER.treeToValue(found.resource().body(), Channel.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a channel that was kept cannot be read", e);
    }
  }

  private static JsonNode read(String value) {
    try {
      return Json.MAPPER.readTree(value);
    } catch (JsonProcessingException _) {
      throw Problem.malformed("the button's value is not of this gateway");
    }
  }
}
