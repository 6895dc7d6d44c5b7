package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.ApprovalPolicy;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.approval.Terms;
import io.signalbox.protocol.run.ApprovalView.Escalation;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions about tool calls: asked as the tool says, unless a standing grant covers the call. */
final class ToolQuestions {
  private final Deciding turn;

  ToolQuestions(Deciding turn) {
    this.turn = turn;
  }

  /**
   * The call is covered by a grant and sent, or people must allow it first. The approval is bound
   * to the arguments' hash.
   *
   * @param agent who wants the call; empty for the workflow itself
   * @param rule what makes the gateway ask
   * @param why what the rule found
   * @param grantable whether a standing grant answers this question
   */
  void hold(
      Activation a,
      ToolDefinition tool,
      JsonNode arguments,
      List<String> approvers,
      String agent,
      String rule,
      Optional<JsonNode> why,
      boolean grantable) {
    Optional<StandingGrant> grant =
        grantable
            ? Grants.covering(turn, turn.asking.requester(), agent, tool, arguments)
            : Optional.empty();
    if (grant.isPresent()) {
      Grants.use(turn, a, grant.get(), tool, arguments, rule);
      turn.calls.dispatch(a, tool, arguments);
      return;
    }
    ApprovalPolicy policy = tool.approval().orElse(ApprovalPolicy.PLAIN);
    turn.record(
        new Fact.ApprovalRequested(
            a.id(),
            a.task(),
            turn.asking.id(a),
            "Call " + tool.name(),
            details(tool, agent),
            Optional.of(tool.name()),
            Optional.of(arguments),
            Optional.of(Hashes.of(arguments)),
            Optional.of(tool.risk().text()),
            turn.asking.requester(),
            approvers,
            policy.quorum(),
            policy.expires().map(turn.now::plus),
            policy.escalate().stream()
                .map(
                    step ->
                        new Escalation(
                            turn.now.plus(step.after()), step.to(), Optional.of(step.channels())))
                .toList(),
            policy.channels(),
            Optional.of(
                new Terms(
                    Optional.of(rule),
                    policy.reasonRequired(),
                    policy.excludeOwner() ? owners(agent) : List.of(),
                    policy.delegable(),
                    why))));
  }

  private List<String> owners(String agent) {
    List<String> owners = new ArrayList<>();
    Optional.ofNullable(turn.rules.agents().get(agent))
        .flatMap(AgentDefinition::owner)
        .ifPresent(owners::add);
    return owners;
  }

  private static JsonNode details(ToolDefinition tool, String agent) {
    var details = Json.object().put("description", tool.description());
    return agent.isEmpty() ? details : details.put("agent", agent);
  }
}
