package io.signalbox.runtime.judge;

import io.signalbox.protocol.agent.AgentDefinition;

/** Is the tool there for who asks? An agent sees what it was given, a workflow all there is. */
final class Visibility implements Step {
  @Override
  public Opinion judge(Question question) {
    return switch (question.asker()) {
      case Question.Asker.Workflow _ -> known(question, "workflow-definition");
      case Question.Asker.Agent(String name) -> {
        AgentDefinition agent = question.rules().agents().get(name);
        if (agent == null) {
          yield new Opinion.Refuse("agent-known", "there is no agent named " + name);
        }
        yield agent.tools().contains(question.tool())
            ? known(question, "agent-tools")
            : new Opinion.Refuse(
                "agent-tools", "agent " + name + " has no grant for tool " + question.tool());
      }
    };
  }

  private static Opinion known(Question question, String rule) {
    return question.definition().isPresent()
        ? new Opinion.Allow(rule)
        : new Opinion.Refuse("tool-known", "there is no tool named " + question.tool());
  }
}
