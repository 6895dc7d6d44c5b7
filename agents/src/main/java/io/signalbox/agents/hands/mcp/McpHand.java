package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.kit.Shortened;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpReach;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.stream.Collectors;

/**
 * Tools of kind mcp. A tool is called only if its server offers it just as it was accepted: a
 * server that has changed its words since is not believed, whatever it promised before.
 */
public final class McpHand implements Hand {
  private final McpServers servers;

  public McpHand(McpServers servers) {
    this.servers = servers;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    ToolDefinition tool = order.tool().orElseThrow();
    JsonNode config = tool.config();
    if (config.path("quarantined").asBoolean(false)) {
      throw changed(config.path("tool").asText(), config);
    }
    Link link =
        new Link(
            order.run().tenant(),
            config.path("server").asText(),
            reach(config),
            SessionDoor.session(order.run()));
    boolean effect = tool.risk() != Risk.READ;
    JsonNode result = ask(link, order, config, effect);
    if (result.path("isError").asBoolean(false)) {
      throw Setback.failed("runtime", 500, complaint(result));
    }
    return new Outcome.Succeeded(result, new Usage(1, 0, 0, 0));
  }

  private JsonNode ask(Link link, Perform order, JsonNode config, boolean effect) throws Setback {
    for (int attempt = 1; ; attempt++) {
      Connection connection = servers.get(link);
      try {
        held(connection, config, order.arguments());
        return call(connection, order, config);
      } catch (RuntimeException e) {
        if (!Faults.isAnswer(e)) {
          connection.spoil();
        }
        // whoever has forgotten the session has not acted: the one case that is safe to repeat
        if (!Faults.isForgotten(e) || attempt > 1) {
          throw Faults.calling(link, e, effect);
        }
      }
    }
  }

  private static JsonNode call(Connection connection, Perform order, JsonNode config) {
    var patience = order.tool().orElseThrow().timeout();
    return switch (config.path("does").asText("call")) {
      case "read-resource" ->
          connection.request(order.run().id(), "resources/read", order.arguments(), patience);
      case "get-prompt" ->
          connection.request(order.run().id(), "prompts/get", order.arguments(), patience);
      default -> {
        ObjectNode params = Json.object().put("name", config.path("tool").asText());
        params.set("arguments", order.arguments());
        params.putObject("_meta").put("progressToken", order.run().id());
        yield connection.request(order.run().id(), "tools/call", params, patience);
      }
    };
  }

  /** The server offers now what was accepted. */
  private static void held(Connection connection, JsonNode config, JsonNode arguments)
      throws Setback {
    switch (config.path("does").asText("call")) {
      case "read-resource" -> {
        // what it reads is data, and labelled as such
      }
      case "get-prompt" -> {
        String name = arguments.path("name").asText();
        String pin = config.path("pins").path(name).asText("");
        if (pin.isEmpty()) {
          throw Setback.failed("validation", 404, "there is no accepted prompt '" + name + "'");
        }
        if (!connection.holdsTo("prompts/" + name, pin)) {
          throw changed(name, config);
        }
      }
      default -> {
        String name = config.path("tool").asText();
        if (!connection.holdsTo("tools/" + name, config.path("pin").asText())) {
          throw changed(name, config);
        }
      }
    }
  }

  private static Setback changed(String item, JsonNode config) {
    String server = config.path("server").asText();
    return Setback.failed(
        "authorization",
        403,
        ("mcp-pin: the server '%s' offers '%s' otherwise than it was accepted;"
                + " see /v1/mcp-servers/%s and accept it there")
            .formatted(server, item, server));
  }

  private static McpReach reach(JsonNode config) throws Setback {
    try {
      return Json.MAPPER.treeToValue(config.path("reach"), McpReach.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw Setback.invalid("/config/reach: " + e.getMessage());
    }
  }

  /** What the tool says went wrong. */
  private static String complaint(JsonNode result) {
    String said =
        result
            .path("content")
            .valueStream()
            .map(it -> it.path("text").asText(""))
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining("\n"));
    return said.isEmpty() ? "the tool failed and did not say why" : Shortened.of(said);
  }
}
