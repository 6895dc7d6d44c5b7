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
import io.signalbox.runtime.judge.Opinion;
import io.signalbox.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Questions about tool calls: asked as the tool says, unless a standing grant covers the call. */
final class ToolQuestions {
  /** The rules whose question a standing grant answers; what taint or a guard asks, it does not. */
  private static final Set<String> GRANTABLE = Set.of("tool-approvers");

  private final Deciding turn;

  ToolQuestions(Deciding turn) {
    this.turn = turn;
  }

  /**
   * The call is covered by a grant, or people must allow it first. Those who are asked by several
   * rules alike are asked once; others after them. The approval is bound to the arguments' hash.
   *
   * @param granted the rules whose questions are answered
   */
  void hold(Activation a, Verdict.Held held, JsonNode arguments, Set<String> granted) {
    ToolDefinition tool = held.tool();
    Opinion.Ask first = held.asks().getFirst();
    String agent = turn.judging.agent(a);
    Optional<StandingGrant> grant =
        GRANTABLE.contains(first.rule())
            ? Grants.covering(turn, turn.asking.requester(), agent, tool, arguments)
            : Optional.empty();
    if (grant.isPresent()) {
      Grants.use(turn, a, grant.get(), tool, arguments, first.rule());
      Set<String> more = new TreeSet<>(granted);
      more.add(first.rule());
      switch (turn.judging.again(a, tool.name(), arguments, more)) {
        case Verdict.Allowed allowed -> turn.calls.dispatch(a, allowed.tool(), arguments);
        case Verdict.Held rest -> hold(a, rest, arguments, more);
        case Verdict.Refused no -> turn.asking.refused(a, no.why());
      }
      return;
    }
    List<Opinion.Ask> alike =
        held.asks().stream().filter(it -> it.approvers().equals(first.approvers())).toList();
    ask(a, tool, arguments, agent, alike, granted);
  }

  private void ask(
      Activation a,
      ToolDefinition tool,
      JsonNode arguments,
      String agent,
      List<Opinion.Ask> asks,
      Set<String> granted) {
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
            asks.getFirst().approvers(),
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
                    asks.stream().map(Opinion.Ask::rule).toList(),
                    List.copyOf(granted),
                    policy.reasonRequired(),
                    policy.excludeOwner() ? owners(agent) : List.of(),
                    policy.delegable(),
                    Optional.of(why(asks))))));
  }

  private List<String> owners(String agent) {
    List<String> owners = new ArrayList<>();
    Optional.ofNullable(turn.rules.agents().get(agent))
        .flatMap(AgentDefinition::owner)
        .ifPresent(owners::add);
    return owners;
  }

  private static JsonNode why(List<Opinion.Ask> asks) {
    var why = Json.object();
    asks.forEach(it -> why.put(it.rule(), it.why()));
    return why;
  }

  private static JsonNode details(ToolDefinition tool, String agent) {
    var details = Json.object().put("description", tool.description());
    return agent.isEmpty() ? details : details.put("agent", agent);
  }
}
