package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.TaintPolicy;
import java.util.Map;

/** A tenant's tools, agents and standing grants as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Map<String, StandingGrant> grants,
    TaintPolicy taint) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
  }

  /** Without standing grants, and with the standard policy about what was read. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Map.of());
  }

  /** With the standard policy about what was read. */
  public Rulebook(
      long version,
      Map<String, ToolDefinition> tools,
      Map<String, AgentDefinition> agents,
      Map<String, StandingGrant> grants) {
    this(version, tools, agents, grants, TaintPolicy.STANDARD);
  }
}
