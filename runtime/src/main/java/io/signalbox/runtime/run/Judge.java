package io.signalbox.runtime.run;

import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Rulebook;
import java.util.List;

/** Decides what an agent may do. Pure; every verdict names its rule. */
final class Judge {
  private Judge() {}

  /** What was decided about a tool call. */
  sealed interface Verdict {
    /** The rule that led to it. */
    String rule();

    record Allowed(String rule, ToolDefinition tool) implements Verdict {}

    record Held(String rule, ToolDefinition tool, List<String> approvers) implements Verdict {}

    record Refused(String rule, String why) implements Verdict {}
  }

  /** May this agent call this tool? Default is no. */
  static Verdict toolForAgent(Rulebook rules, String agent, String tool) {
    AgentDefinition definition = rules.agents().get(agent);
    if (definition == null) {
      return new Verdict.Refused("agent-known", "there is no agent named " + agent);
    }
    if (!definition.tools().contains(tool)) {
      return new Verdict.Refused(
          "agent-tools", "agent " + agent + " has no grant for tool " + tool);
    }
    return tool(rules, "agent-tools", tool);
  }

  /** May this workflow call this tool? Its definition was deployed by somebody who may. */
  static Verdict toolForWorkflow(Rulebook rules, String tool) {
    return tool(rules, "workflow-definition", tool);
  }

  private static Verdict tool(Rulebook rules, String rule, String name) {
    ToolDefinition tool = rules.tools().get(name);
    if (tool == null) {
      return new Verdict.Refused("tool-known", "there is no tool named " + name);
    }
    return tool.approvers().isEmpty()
        ? new Verdict.Allowed(rule, tool)
        : new Verdict.Held("tool-approvers", tool, tool.approvers());
  }
}
