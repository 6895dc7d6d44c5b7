package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpOffers;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpStanding;
import io.signalbox.protocol.run.RunView;

/** What MCP clients get to see of a run's output. */
final class McpResults {
  private McpResults() {}

  /** The output of what is no MCP tool, as one would give it. */
  static JsonNode structured(RunView view) {
    JsonNode output = view.output().orElseGet(Json::object);
    ObjectNode result = Json.object();
    result
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", output.isTextual() ? output.asText() : output.toString());
    if (output.isObject()) {
      result.set("structuredContent", output);
    }
    return result;
  }

  /** The contents' addresses as they are here. */
  static JsonNode outside(McpStanding standing, JsonNode result) {
    JsonNode copy = result.deepCopy();
    for (JsonNode content : copy.path("contents")) {
      if (content instanceof ObjectNode it && it.path("uri").isTextual()) {
        it.put("uri", McpOffers.outside(standing, it.path("uri").asText()));
      }
    }
    return copy;
  }
}
