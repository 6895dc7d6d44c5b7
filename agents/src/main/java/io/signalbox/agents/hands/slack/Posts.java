package io.signalbox.agents.hands.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Posts messages, found again by their metadata in the channel's history. */
final class Posts implements Hand {
  private static final String EVENT = "signalbox_call";
  private static final int MOST_PAGES = 10;

  private final Function<Perform, WebApi> open;

  Posts(Function<Perform, WebApi> open) {
    this.open = open;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var body = Json.object();
    body.put("channel", given.text("channel")).put("text", given.text("text"));
    given.ifThere("blocks").ifPresent(blocks -> body.set("blocks", blocks));
    given.ifText("threadTs").ifPresent(ts -> body.put("thread_ts", ts));
    var metadata = body.putObject("metadata").put("event_type", EVENT);
    metadata.putObject("event_payload").put("key", Marker.of(order).text());
    return Slack.told(open.apply(order).act("chat.postMessage", body));
  }

  @Override
  public Outcome probe(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var slack = open.apply(order);
    var marker = Marker.of(order);
    var named = given.text("channel");
    try {
      return look(slack, named, given.ifText("threadTs"), marker);
    } catch (Setback e) {
      // posting takes a channel's name, reading its history takes only the id
      if (!(e.outcome() instanceof Outcome.Failed no) || no.status() != 404) {
        throw e;
      }
      var id = idOf(slack, named);
      if (id.isEmpty()) {
        throw e;
      }
      return look(slack, id.get(), given.ifText("threadTs"), marker);
    }
  }

  private static Outcome look(WebApi slack, String channel, Optional<String> thread, Marker marker)
      throws Setback {
    var method = thread.isPresent() ? "conversations.replies" : "conversations.history";
    var query =
        "include_all_metadata=true&limit=200&channel="
            + encode(channel)
            + thread.map(ts -> "&ts=" + encode(ts)).orElse("");
    var cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      var found = slack.read(method, query + cursor(cursor));
      for (JsonNode message : found.path("messages")) {
        if (carries(message, marker)) {
          return Slack.told(
              Json.object().put("channel", channel).put("ts", message.path("ts").asText()));
        }
      }
      cursor = found.at("/response_metadata/next_cursor").asText("");
      if (cursor.isEmpty()) {
        return Done.absent();
      }
    }
    return new Outcome.Unknown("not among the newest messages, and there are more");
  }

  private static boolean carries(JsonNode message, Marker marker) {
    var metadata = message.path("metadata");
    return metadata.path("event_type").asText().equals(EVENT)
        && metadata.at("/event_payload/key").asText().equals(marker.text());
  }

  private static Optional<String> idOf(WebApi slack, String named) throws Setback {
    var name = named.startsWith("#") ? named.substring(1) : named;
    var cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      var found =
          slack.read(
              "conversations.list",
              "types=public_channel,private_channel&limit=200" + cursor(cursor));
      for (JsonNode channel : found.path("channels")) {
        if (channel.path("name").asText().equals(name)) {
          return Optional.of(channel.path("id").asText());
        }
      }
      cursor = found.at("/response_metadata/next_cursor").asText("");
      if (cursor.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String cursor(String cursor) {
    return cursor.isEmpty() ? "" : "&cursor=" + encode(cursor);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
