package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.TaintPolicy;
import java.util.Map;

/** A tenant's tools and agents as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    TaintPolicy taint) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
  }

  /** With the standard policy about what was read. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, TaintPolicy.STANDARD);
  }
}
