package io.signalbox.agents.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.ModelAnswer.Call;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No model at all: plays the agent's script, one entry a model call, and says so in every answer.
 * An entry is {@code {"tool", "arguments"}}, {@code {"tools": [{"tool", "arguments"}, ...]}},
 * {@code {"reply": text or JSON}} or {@code {"fail": {"status", "detail", "retryAfter"}}}. It keeps
 * no position of its own: the number of the call is the position, so asking again is harmless.
 */
final class ScriptedModel implements Model {
  private static final Usage USAGE = new Usage(1, 0, 0, 0);

  @Override
  public ModelAnswer ask(ModelRequest request) {
    JsonNode script = request.agent().script().orElse(Json.MAPPER.createArrayNode());
    if (!script.isArray() || script.isEmpty()) {
      return new ModelAnswer.Failed(
          422, "agent %s has no script: a list of replies".formatted(request.agent().name()));
    }
    if (request.call() > script.size()) {
      return new ModelAnswer.Failed(
          422,
          "the script has %d entries, none for call %d".formatted(script.size(), request.call()));
    }
    JsonNode entry = script.get(request.call() - 1);
    try {
      return play(entry, Placeholders.of(request.message(), request.data()), metadata(request));
    } catch (Placeholders.Missing e) {
      return new ModelAnswer.Failed(422, e.what());
    }
  }

  private static ModelAnswer play(JsonNode entry, Placeholders places, ObjectNode metadata) {
    if (entry.has("reply")) {
      JsonNode reply = places.fill(entry.get("reply"));
      String text = reply.isTextual() ? reply.textValue() : reply.toString();
      return new ModelAnswer.Text(text, metadata, USAGE);
    }
    if (entry.has("tool") || entry.has("tools")) {
      List<Call> calls = new ArrayList<>();
      Iterable<JsonNode> wanted = entry.has("tools") ? entry.get("tools") : List.of(entry);
      for (JsonNode call : wanted) {
        JsonNode arguments = call.has("arguments") ? call.get("arguments") : Json.object();
        calls.add(new Call("", call.path("tool").asText(), places.fill(arguments)));
      }
      String said = entry.path("say").asText("");
      return new ModelAnswer.ToolCalls(said, calls, metadata, USAGE);
    }
    if (entry.has("fail")) {
      JsonNode fail = entry.get("fail");
      return new ModelAnswer.Failed(
          fail.path("status").asInt(503),
          fail.path("detail").asText("the script says so"),
          Optional.ofNullable(fail.get("retryAfter")).map(wait -> Duration.parse(wait.asText())));
    }
    return new ModelAnswer.Failed(
        422, "a script entry is a reply, a tool, tools or a fail, not " + entry);
  }

  private static ObjectNode metadata(ModelRequest request) {
    return Json.object()
        .put("provider", "scripted")
        .put("model", request.model())
        .put("scripted", true);
  }
}
