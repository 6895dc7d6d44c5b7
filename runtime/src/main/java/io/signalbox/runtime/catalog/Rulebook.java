package io.signalbox.runtime.catalog;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.TaintPolicy;
import java.util.Map;

/**
 * A tenant's tools, agents, grants, budgets, freezes, roles, policies and guardrails as they are
 * now; what a run judges by.
 */
public record Rulebook(
    long version,
    Map<String, ToolDefinition> tools,
    Map<String, AgentDefinition> agents,
    Map<String, StandingGrant> grants,
    TaintPolicy taint,
    Curbs curbs,
    Authority authority,
    Map<String, Guardrail> guardrails) {
  public Rulebook {
    tools = Map.copyOf(tools);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
    guardrails = Map.copyOf(guardrails);
  }

  /** The same under other roles and policies. */
  public Rulebook with(Authority other) {
    return new Rulebook(version, tools, agents, grants, taint, curbs, other, guardrails);
  }

  /** Without guardrails. */
  public Rulebook(
      long version,
      Map<String, ToolDefinition> tools,
      Map<String, AgentDefinition> agents,
      Map<String, StandingGrant> grants,
      TaintPolicy taint,
      Curbs curbs,
      Authority authority) {
    this(version, tools, agents, grants, taint, curbs, authority, Map.of());
  }

  /**
   * Without grants, policies and guardrails, with the built-in roles, the standard policy about
   * what was read, and nothing to hold calls back.
   */
  public Rulebook(
      long version, Map<String, ToolDefinition> tools, Map<String, AgentDefinition> agents) {
    this(version, tools, agents, Map.of(), TaintPolicy.STANDARD, Curbs.NONE, Authority.BUILT_IN);
  }
}
