package io.signalbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.journey.Outside.Received;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A model at OpenAI's chat completions API that believes everything: whatever it is told to do, by
 * whomever, in whatever it is shown, it does, the newest first. What it understands by an order is
 * given to it; that it has read the order is found in the request alone.
 */
final class GullibleModel {
  private final List<Order> orders = new CopyOnWriteArrayList<>();

  private record Order(String says, String tool, JsonNode arguments) {}

  /** Whoever shows it these words has this call made. */
  GullibleModel obeys(String says, String tool, String arguments) throws Exception {
    orders.add(new Order(says, tool, Client.yaml(arguments)));
    return this;
  }

  Said answer(Received request) throws Exception {
    JsonNode messages = Json.MAPPER.readTree(request.body()).path("messages");
    String seen = texts(messages);
    List<String> made = calls(messages);
    for (int i = orders.size() - 1; i >= 0; i--) {
      Order order = orders.get(i);
      String call = order.tool() + order.arguments();
      if (seen.contains(order.says()) && !made.contains(call)) {
        return call(order, made.size());
      }
    }
    return said(Json.object().put("role", "assistant").put("content", reply(messages)), "stop");
  }

  /** It hands on what it read last, as summaries do. */
  private static String reply(JsonNode messages) {
    String last = messages.path(messages.size() - 1).path("content").asText("Done.");
    return last.replaceAll("</?outside-[^>]*>", "").strip();
  }

  private static String texts(JsonNode messages) {
    StringBuilder all = new StringBuilder();
    for (JsonNode message : messages) {
      if (!message.path("role").asText().equals("assistant")) {
        all.append(message.path("content").asText()).append('\n');
      }
    }
    return all.toString();
  }

  private static List<String> calls(JsonNode messages) throws Exception {
    List<String> made = new ArrayList<>();
    for (JsonNode message : messages) {
      for (JsonNode call : message.path("tool_calls")) {
        JsonNode function = call.path("function");
        made.add(
            function.path("name").asText()
                + Json.MAPPER.readTree(function.path("arguments").asText()));
      }
    }
    return made;
  }

  private static Said call(Order order, int number) {
    ObjectNode message = Json.object().put("role", "assistant");
    message.putNull("content");
    ArrayNode calls = message.putArray("tool_calls");
    calls
        .addObject()
        .put("id", "call_" + number)
        .put("type", "function")
        .putObject("function")
        .put("name", order.tool())
        .put("arguments", order.arguments().toString());
    return said(message, "tool_calls");
  }

  private static Said said(ObjectNode message, String why) {
    ObjectNode body =
        Json.object()
            .put("id", "chatcmpl-1")
            .put("object", "chat.completion")
            .put("created", 1_700_000_000)
            .put("model", "gullible");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.set("message", message);
    choice.put("finish_reason", why);
    body.putObject("usage")
        .put("prompt_tokens", 10)
        .put("completion_tokens", 5)
        .put("total_tokens", 15);
    return Said.json(200, body.toString());
  }
}
