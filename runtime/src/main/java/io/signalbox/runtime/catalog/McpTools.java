package io.signalbox.runtime.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpPins;
import io.signalbox.protocol.mcp.McpServer;
import io.signalbox.protocol.mcp.McpStanding.Change;
import io.signalbox.protocol.mcp.McpToolRule;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The gateway's tools that a server's offer makes: one for each tool that was accepted, and two for
 * what else it has. A tool that is offered otherwise than it was accepted stays, and says so.
 */
final class McpTools {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private McpTools() {}

  static List<ToolDefinition> of(McpServer server, JsonNode accepted, JsonNode offer) {
    Set<String> held =
        McpPins.changes(accepted, offer).stream().map(Change::item).collect(Collectors.toSet());
    List<ToolDefinition> tools = new ArrayList<>();
    accepted
        .properties()
        .forEach(
            item -> {
              String name = server.prefix() + item.getValue().path("name").asText();
              McpToolRule rule = rule(server, item.getValue());
              if (item.getKey().startsWith("tools/")
                  && !rule.hidden()
                  && NAME.matcher(name).matches()) {
                tools.add(tool(server, name, item.getValue(), rule, held.contains(item.getKey())));
              }
            });
    if (offer.path("resources").isArray() || offer.path("resourceTemplates").isArray()) {
      tools.add(
          reading(server, "read-resource", "Reads a resource of " + server.name(), "uri", "uri"));
    }
    if (offer.path("prompts").isArray()) {
      ToolDefinition getting =
          reading(server, "get-prompt", "Gets a prompt of " + server.name(), "name", "arguments");
      ObjectNode pins = ((ObjectNode) getting.config()).putObject("pins");
      accepted
          .properties()
          .forEach(
              item -> {
                if (item.getKey().startsWith("prompts/")) {
                  pins.put(item.getValue().path("name").asText(), McpPins.digest(item.getValue()));
                }
              });
      tools.add(getting);
    }
    return tools;
  }

  private static McpToolRule rule(McpServer server, JsonNode item) {
    return server.tools().getOrDefault(item.path("name").asText(), McpToolRule.NONE);
  }

  private static ToolDefinition tool(
      McpServer server, String name, JsonNode item, McpToolRule rule, boolean held) {
    Risk risk = rule.risk().orElseGet(() -> hinted(server, item));
    ObjectNode config = config(server);
    config.put("tool", item.path("name").asText()).put("pin", McpPins.digest(item));
    if (held) {
      config.put("quarantined", true);
    }
    JsonNode schema = item.path("inputSchema");
    return new ToolDefinition(
        name,
        "mcp",
        item.path("description").asText(item.path("title").asText(name)),
        schema.isObject() ? schema : Json.object().put("type", "object"),
        Optional.empty(),
        risk,
        rule.onUnknownOutcome().orElseGet(() -> unknown(server, item, risk)),
        rule.timeout().orElse(server.timeout()),
        rule.approvers(),
        config);
  }

  /** A server's own word counts only where the operator says so. */
  private static Risk hinted(McpServer server, JsonNode item) {
    JsonNode hints = item.path("annotations");
    if (!server.trustAnnotations()) {
      return server.risk();
    }
    if (hints.path("readOnlyHint").asBoolean(false)) {
      return Risk.READ;
    }
    return hints.path("destructiveHint").asBoolean(true) ? Risk.DESTRUCTIVE : Risk.WRITE;
  }

  private static OnUnknownOutcome unknown(McpServer server, JsonNode item, Risk risk) {
    boolean same =
        server.trustAnnotations() && item.at("/annotations/idempotentHint").asBoolean(false);
    return risk == Risk.READ || same ? OnUnknownOutcome.IDEMPOTENT : OnUnknownOutcome.ASK;
  }

  private static ToolDefinition reading(
      McpServer server, String what, String description, String needed, String more) {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject(needed).put("type", "string");
    if (!more.equals(needed)) {
      properties.putObject(more).put("type", "object");
    }
    schema.putArray("required").add(needed);
    return new ToolDefinition(
        server.name() + "." + what,
        "mcp",
        description,
        schema,
        Optional.empty(),
        Risk.READ,
        OnUnknownOutcome.IDEMPOTENT,
        server.timeout(),
        List.of(),
        config(server).put("does", what));
  }

  private static ObjectNode config(McpServer server) {
    ObjectNode config = Json.object().put("server", server.name());
    config.set("reach", Json.tree(server.reach()));
    return config;
  }
}
