package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Map;

/** A tenant's tools, agents, standing grants and guardrails as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Map<String, StandingGrant> grants,
    Map<String, Guardrail> guardrails) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
    guardrails = Map.copyOf(guardrails);
  }

  /** Without guardrails. */
  public Rulebook(
      long version,
      Map<String, ToolDefinition> tools,
      Map<String, AgentDefinition> agents,
      Map<String, StandingGrant> grants) {
    this(version, tools, agents, grants, Map.of());
  }

  /** Without standing grants and guardrails. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Map.of());
  }
}
