package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpOffers;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpStanding;
import io.signalbox.protocol.run.RunView;
import java.util.function.Function;

/** What MCP clients get to see of a run's output. */
final class McpResults {
  private McpResults() {}

  /** The output of a call, as its run remembers that it is to be told. */
  static Function<RunView, JsonNode> of(RunView run) {
    return McpTasks.isRaw(run)
        ? view -> view.output().orElseGet(Json::object)
        : McpResults::structured;
  }

  /** Whether a run is that of a call with these parameters. */
  static boolean isOf(RunView run, JsonNode params) {
    String tool = McpTasks.tool(run);
    JsonNode given = params.path("arguments");
    JsonNode arguments = given.isObject() ? given : Json.object();
    boolean same =
        tool.startsWith(McpCatalog.AGENT)
            ? run.input().path("message").asText().equals(arguments.path("message").asText())
            : tool.startsWith(McpCatalog.WORKFLOW)
                ? run.input().equals(arguments)
                : run.input().path("arguments").equals(arguments);
    return same && !tool.isEmpty() && tool.equals(params.path("name").asText());
  }

  /** The result of a tool that has not done what it was asked. */
  static ObjectNode failure(String why) {
    ObjectNode result = Json.object().put("isError", true);
    result.putArray("content").addObject().put("type", "text").put("text", why);
    return result;
  }

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
