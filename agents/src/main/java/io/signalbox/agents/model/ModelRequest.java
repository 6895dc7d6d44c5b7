package io.signalbox.agents.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;

/**
 * All a model needs to go on with a message.
 *
 * @param call number of this model call within the message, from 1
 * @param message and {@code data}: the message itself, for scripts; {@code lines} say it in words
 */
public record ModelRequest(
    AgentDefinition agent,
    List<ToolDefinition> tools,
    String system,
    List<Line> lines,
    int call,
    String message,
    JsonNode data) {
  public ModelRequest {
    tools = List.copyOf(tools);
    lines = List.copyOf(lines);
  }

  /** The model's name without its provider. */
  public String model() {
    return agent.model().substring(agent.model().indexOf('/') + 1);
  }
}
