package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Map;

/** A tenant's tools, agents, roles and policies as they are now; what a run judges by. */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Map<String, StandingGrant> grants,
    Authority authority) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
  }

  /** The same under other roles and policies. */
  public Rulebook with(Authority other) {
    return new Rulebook(version, tools, agents, grants, other);
  }

  /** With built-in roles, no policies and no standing grants. */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Map.of(), Authority.BUILT_IN);
  }
}
