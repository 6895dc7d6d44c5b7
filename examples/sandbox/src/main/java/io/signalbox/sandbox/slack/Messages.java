package io.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Effect;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Messages in channels. As at Slack, sending the same twice makes two. */
final class Messages {
  static final String BOT = "U0SANDBOX";
  private static final String POSTED = "slack.message";
  private static final String UPDATED = "slack.update";
  private static final Map<String, String> CHANNELS =
      Map.of("compliance", "C0COMPLIANCE", "security", "C0SECURITY", "general", "C0GENERAL");

  private final Journal journal;

  Messages(Journal journal) {
    this.journal = journal;
  }

  Answer post(JsonNode arguments) {
    String wanted = arguments.path("channel").asText();
    Optional<String> channel = id(wanted).or(() -> named(wanted));
    if (channel.isEmpty()) {
      return Slack.error("channel_not_found");
    }
    Optional<String> fault = fault(arguments);
    if (fault.isPresent()) {
      return Slack.error(fault.get());
    }
    String ts = timestamp();
    ObjectNode message = message(arguments, ts);
    ObjectNode kept = Json.object().put("channel", channel.get()).put("ts", ts);
    kept.set("message", message);
    return answer(channel.get(), ts, message).causing(new Effect(POSTED, kept));
  }

  Answer update(JsonNode arguments) {
    Optional<String> channel = id(arguments.path("channel").asText());
    if (channel.isEmpty()) {
      return Slack.error("channel_not_found");
    }
    String ts = arguments.path("ts").asText();
    Optional<ObjectNode> before = messages(channel.get()).filter(ts);
    if (before.isEmpty()) {
      return Slack.error("message_not_found");
    }
    Optional<String> fault = fault(arguments);
    if (fault.isPresent()) {
      return Slack.error(fault.get());
    }
    ObjectNode message = message(arguments, ts);
    if (!message.has("metadata") && before.get().has("metadata")) {
      message.set("metadata", before.get().path("metadata"));
    }
    message.putObject("edited").put("user", BOT).put("ts", timestamp());
    ObjectNode kept = Json.object().put("channel", channel.get()).put("ts", ts);
    kept.set("message", message);
    return answer(channel.get(), ts, message).causing(new Effect(UPDATED, kept));
  }

  Answer history(JsonNode arguments) {
    Optional<String> channel = id(arguments.path("channel").asText());
    if (channel.isEmpty()) {
      return Slack.error("channel_not_found");
    }
    boolean metadata = arguments.path("include_all_metadata").asBoolean(false);
    boolean inclusive = arguments.path("inclusive").asBoolean(false);
    String oldest = arguments.path("oldest").asText("0");
    int most = Math.clamp(arguments.path("limit").asInt(100), 1, 999);
    ObjectNode body = Json.object().put("ok", true);
    ArrayNode list = body.putArray("messages");
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode message : messages(channel.get()).all().reversed()) {
      int order = message.path("ts").asText().compareTo(oldest);
      if (order > 0 || (order == 0 && inclusive)) {
        found.add(metadata ? message : message.without("metadata"));
      }
    }
    found.stream().limit(most).forEach(list::add);
    body.put("has_more", found.size() > most).put("pin_count", 0);
    return Answer.json(200, body);
  }

  private record Channel(List<ObjectNode> all) {
    Optional<ObjectNode> filter(String ts) {
      return all.stream().filter(message -> message.path("ts").asText().equals(ts)).findFirst();
    }
  }

  private Channel messages(String channel) {
    Map<String, ObjectNode> byTime = new LinkedHashMap<>();
    for (String kind : List.of(POSTED, UPDATED)) {
      journal.effects(kind).stream()
          .filter(effect -> effect.has("channel", channel))
          .forEach(
              effect ->
                  byTime.put(
                      effect.data().path("ts").asText(), effect.data().path("message").deepCopy()));
    }
    return new Channel(List.copyOf(byTime.values()));
  }

  private static Optional<String> fault(JsonNode arguments) {
    JsonNode blocks = arguments.path("blocks");
    if (!blocks.isMissingNode() && !blocks.isArray()) {
      return Optional.of("invalid_blocks_format");
    }
    for (JsonNode block : blocks) {
      if (!block.path("type").isTextual()) {
        return Optional.of("invalid_blocks");
      }
    }
    if (blocks.isEmpty() && arguments.path("text").asText().isBlank()) {
      return Optional.of("no_text");
    }
    JsonNode metadata = arguments.path("metadata");
    boolean odd =
        !metadata.isMissingNode()
            && !(metadata.path("event_type").isTextual()
                && metadata.path("event_payload").isObject());
    return odd ? Optional.of("invalid_metadata_format") : Optional.empty();
  }

  private static ObjectNode message(JsonNode arguments, String ts) {
    ObjectNode message = Json.object().put("type", "message").put("user", BOT);
    message.put("ts", ts).put("bot_id", "B0SANDBOX").put("app_id", "A0SANDBOX");
    message.put("text", arguments.path("text").asText()).put("team", "T0SANDBOX");
    for (String field : List.of("blocks", "metadata", "thread_ts")) {
      if (arguments.has(field)) {
        message.set(field, arguments.path(field));
      }
    }
    return message;
  }

  private static Answer answer(String channel, String ts, ObjectNode message) {
    ObjectNode body = Json.object().put("ok", true).put("channel", channel).put("ts", ts);
    body.put("text", message.path("text").asText()).set("message", message);
    return Answer.json(200, body);
  }

  private static Optional<String> id(String channel) {
    return CHANNELS.containsValue(channel) ? Optional.of(channel) : Optional.empty();
  }

  private static Optional<String> named(String channel) {
    return Optional.ofNullable(CHANNELS.get(channel.replaceFirst("^#", "")));
  }

  /** Seconds and a number that no other message has, as Slack's message ids. */
  private String timestamp() {
    return String.format(
        Locale.ROOT, "%d.%06d", Instant.now().getEpochSecond(), journal.count() % 1_000_000);
  }
}
