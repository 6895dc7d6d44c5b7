package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as the journal keeps it, with all that it changed.
 *
 * @param body the body as JSON, or as a JSON string where it was something else
 */
public record Received(
    long seq,
    String time,
    String service,
    String operation,
    String method,
    String path,
    JsonNode headers,
    JsonNode body,
    int status,
    List<Effect> effects) {
  public Received {
    effects = List.copyOf(effects);
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("seq", seq).put("time", time).put("service", service).put("operation", operation);
    node.put("method", method).put("path", path);
    node.set("headers", headers);
    node.set("body", body);
    node.put("status", status);
    ArrayNode list = node.putArray("effects");
    effects.forEach(
        effect -> list.addObject().put("kind", effect.kind()).set("data", effect.data()));
    return node;
  }

  static Received read(JsonNode node) {
    List<Effect> effects = new ArrayList<>();
    for (JsonNode effect : node.path("effects")) {
      effects.add(new Effect(effect.path("kind").asText(), effect.path("data")));
    }
    return new Received(
        node.path("seq").asLong(),
        node.path("time").asText(),
        node.path("service").asText(),
        node.path("operation").asText(),
        node.path("method").asText(),
        node.path("path").asText(),
        node.path("headers"),
        node.path("body"),
        node.path("status").asInt(),
        effects);
  }
}
