package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Map;

/** A tenant's tools, agents, roles and policies as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Authority authority) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
  }

  /** The same under other roles and policies. */
  public Rulebook with(Authority other) {
    return new Rulebook(version, tools, agents, other);
  }

  /** With built-in roles and no policies. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Authority.BUILT_IN);
  }
}
