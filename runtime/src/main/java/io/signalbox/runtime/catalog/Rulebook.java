package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.TaintPolicy;
import java.util.Map;

/** A tenant's tools, agents, grants, budgets and freezes as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Map<String, StandingGrant> grants,
    TaintPolicy taint,
    Curbs curbs) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
  }

  /**
   * Without grants, with the standard policy about what was read, and nothing to hold calls back.
   */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Map.of(), TaintPolicy.STANDARD, Curbs.NONE);
  }
}
