package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Map;

/** A tenant's tools, agents, grants, budgets and freezes as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Map<String, StandingGrant> grants,
    Curbs curbs) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
  }

  /** Without standing grants, and with nothing that holds calls back. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Map.of(), Curbs.NONE);
  }
}
