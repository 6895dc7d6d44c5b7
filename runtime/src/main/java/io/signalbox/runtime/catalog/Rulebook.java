package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Map;

/** A tenant's tools, agents, budgets and freezes as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Curbs curbs) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
  }

  /** With nothing that holds calls back. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Curbs.NONE);
  }
}
