package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.expression.Expressions;
import io.signalbox.runtime.judge.Verdict;
import io.signalbox.runtime.run.Interpreter.Decision;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls to the outside: dispatched under a key, settled by an answer, a probe or a person. A new
 * key after a known failure, the same key after an unknown outcome.
 *
 * <p>Longer than 300 lines because every way a call can begin and end stands together.
 */
final class Calls {
  static final Duration LEASE_SLACK = Duration.ofSeconds(5);
  static final Duration AGENT_LEASE = Duration.ofDays(365);

  private final Deciding turn;

  Calls(Deciding turn) {
    this.turn = turn;
  }

  // -- beginning ---------------------------------------------------------------------------------

  void begin(Activation a, Task.Call task, Map<String, JsonNode> variables) {
    switch (task.kind()) {
      case HTTP, OPENAPI -> turn.web.begin(a, task, variables);
      case TOOL -> {
        JsonNode with = Expressions.evaluate(task.with(), a.input(), variables);
        if (FederatedCalls.is(with)) {
          federated(a, with);
          return;
        }
        JsonNode arguments = with.path("arguments");
        tool(
            a,
            with.path("tool").asText(),
            arguments.isMissingNode() ? Json.object() : arguments,
            "");
      }
      case AGENT -> agent(a, Expressions.evaluate(task.with(), a.input(), variables));
      case APPROVAL -> turn.asking.ask(a, Expressions.evaluate(task.with(), a.input(), variables));
      case WORKFLOW ->
          turn.children.begin(a, Expressions.evaluate(task.with(), a.input(), variables));
      case PROCESS -> process(a, task.with(), variables);
    }
  }

  private void federated(Activation a, JsonNode with) {
    FederatedCalls.of(turn.rules.tools().values(), with)
        .ifPresentOrElse(
            meant -> tool(a, meant.tool(), meant.arguments(), ""),
            () ->
                fail(
                    a,
                    "validation",
                    404,
                    new Verdict.Refused(
                        "mcp-server",
                        "no federated server is reached by this transport and offers this;"
                            + " see /v1/mcp-servers",
                        List.of())));
  }

  /** Nothing shows afterwards whether a process ran, so a person says when nobody knows. */
  private void process(Activation a, JsonNode spec, Map<String, JsonNode> variables) {
    ObjectNode with = Expressions.evaluate(spec, a.input(), variables).deepCopy();
    if (with.path("arguments") instanceof ObjectNode given) {
      // the names of arguments may be expressions too
      ObjectNode arguments = Json.object();
      given
          .properties()
          .forEach(
              it ->
                  arguments.set(
                      Expressions.evaluate(TextNode.valueOf(it.getKey()), a.input(), variables)
                          .asText(),
                      it.getValue()));
      with.set("arguments", arguments);
    }
    String kind = with.path("process").asText();
    dispatch(
        a,
        CallKind.PROCESS,
        kind,
        with,
        Optional.empty(),
        OnUnknownOutcome.ASK,
        turn.bounds.processTimeout());
    if (!with.path("await").asBoolean(true)) {
      turn.complete(turn.state().get(a.id()), a.input(), false, Optional.empty());
    }
  }

  private void agent(Activation a, JsonNode with) {
    String name = with.path("agent").asText();
    if (!turn.rules.agents().containsKey(name)) {
      fail(
          a,
          "validation",
          404,
          new Verdict.Refused("agent-known", "there is no agent named " + name, List.of()));
      return;
    }
    dispatch(
        a,
        CallKind.AGENT,
        name,
        Sources.vouched(turn, a, with),
        Optional.empty(),
        OnUnknownOutcome.IDEMPOTENT,
        AGENT_LEASE);
  }

  /** A workflow's own tool call ({@code agent} empty), or one that an agent wants. */
  private void tool(Activation a, String name, JsonNode arguments, String agent) {
    Verdict verdict = turn.judging.verdict(agent, name, arguments);
    turn.judging.tell(a, agent, name, verdict);
    judged(a, verdict, arguments);
  }

  private void judged(Activation a, Verdict verdict, JsonNode arguments) {
    switch (verdict) {
      case Verdict.Allowed allowed -> dispatch(a, allowed.tool(), arguments);
      case Verdict.Held held -> turn.questions.hold(a, held, arguments, Set.of());
      case Verdict.Refused no -> {
        boolean missing = no.rule().equals("tool-known");
        fail(a, missing ? "validation" : "authorization", missing ? 404 : 403, no);
      }
    }
  }

  void dispatch(Activation a, ToolDefinition tool, JsonNode arguments) {
    dispatch(
        a,
        CallKind.TOOL,
        tool.name(),
        arguments,
        Optional.of(tool),
        tool.onUnknownOutcome(),
        tool.timeout());
  }

  /** Sends the call, unless a freeze holds it. */
  void dispatch(
      Activation a,
      CallKind kind,
      String target,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      OnUnknownOutcome policy,
      Duration timeout) {
    dispatch(a, kind, target, arguments, tool, policy, timeout, Optional.empty());
  }

  /**
   * The same once more.
   *
   * @param cleared the approval that let it pass the guardrails, if one had to
   */
  void dispatch(
      Activation a,
      CallKind kind,
      String target,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      OnUnknownOutcome policy,
      Duration timeout,
      Optional<String> cleared) {
    if (turn.held.frozen(a, kind, target, arguments, tool, policy)) {
      return;
    }
    turn.record(
        new Fact.CallDispatched(
            a.id(),
            a.task(),
            turn.run.id() + "-" + a.id(),
            1,
            kind,
            target,
            arguments,
            // what the journal holds already need not be written again
            tool.filter(t -> !t.equals(turn.state().tools().get(t.name()))),
            policy,
            turn.now.plus(timeout).plus(LEASE_SLACK),
            Optional.empty(),
            tool.map(ToolDefinition::risk),
            cleared));
  }

  private void fail(Activation a, String kind, int status, Verdict.Refused no) {
    WorkflowError error =
        WorkflowError.standard(
            kind,
            status,
            kind.equals("authorization") ? "Not allowed" : "Not found",
            no.why(),
            a.task());
    turn.faults.raise(a, error.by(no.rule()), Optional.empty());
  }

  // -- an agent wants a tool ---------------------------------------------------------------------

  Decision wanted(Stimulus.ToolWanted want) {
    Optional<Activation> asking = find(want.agentKey());
    if (asking.isEmpty()
        || !(asking.get().work() instanceof Work.Calling call)
        || call.kind() != CallKind.AGENT) {
      return Decision.no(
          new Refusal.NotFound("no agent call " + want.agentKey() + " is under way"));
    }
    Activation agent = asking.get();
    boolean known =
        agent.children().stream()
            .map(turn.state()::get)
            .flatMap(child -> child.asked().stream())
            .anyMatch(asked -> asked.callId().equals(want.callId()));
    if (known) {
      return turn.drive();
    }
    Verdict verdict = repeated(agent, call, want).orElseGet(() -> judged(agent, call, want));
    long id = turn.nextSeq();
    if (verdict instanceof Verdict.Refused no) {
      if (!no.notes().isEmpty()) {
        turn.judging.tell(agent, call.target(), want.tool(), no);
        id = turn.nextSeq();
      }
      turn.record(
          new Fact.ToolRefused(
              id,
              agent.id(),
              agent.task(),
              want.session(),
              want.callId(),
              want.tool(),
              want.arguments(),
              no.rule(),
              no.why()));
    } else {
      turn.record(
          new Fact.ToolRequested(
              id,
              agent.id(),
              agent.task(),
              want.session(),
              want.callId(),
              want.tool(),
              want.arguments(),
              verdict.rule()));
      judged(turn.state().get(id), verdict, want.arguments());
    }
    return turn.drive();
  }

  /** A guardrail may say how often an agent may want the very same for one message. */
  private Optional<Verdict> repeated(
      Activation agent, Work.Calling call, Stimulus.ToolWanted want) {
    var wish = new GuardRules.Wish(call.target(), want.tool(), want.arguments());
    return GuardRules.loop(turn.rules, turn.state(), agent, wish)
        .map(
            rail ->
                new Verdict.Refused(
                    "guardrail:" + rail,
                    "the same call was made too often for one message",
                    List.of()));
  }

  private Verdict judged(Activation agent, Work.Calling call, Stimulus.ToolWanted want) {
    return agent.children().size() >= turn.bounds.toolCallsPerMessage()
        ? new Verdict.Refused(
            "tool-calls-per-message",
            "more than " + turn.bounds.toolCallsPerMessage() + " tool calls for one message",
            List.of())
        : turn.judging.wanted(agent, call, want);
  }

  // -- settling ----------------------------------------------------------------------------------

  Decision performed(Stimulus.Performed p) {
    Optional<Activation> found = find(p.key());
    if (found.isEmpty()) {
      return turn.drive();
    }
    Activation a = found.get();
    if (a.work() instanceof Work.Emitting emitting) {
      turn.record(
          new Fact.CallSettled(
              a.id(),
              a.task(),
              p.key(),
              new Outcome.Succeeded(emitting.event().json(), Usage.NONE),
              "answer"));
      turn.ready(a.id());
    } else if (a.work() instanceof Work.Calling call && call.kind() == CallKind.WORKFLOW) {
      turn.children.told(a, call, p.outcome());
    } else if (a.work() instanceof Work.Calling call) {
      boolean held =
          p.guarded().isPresent()
              && (p.outcome() instanceof Outcome.Succeeded
                  || (p.attempt() == call.attempt() && call.stage() == Stage.SENT))
              && turn.guards.hold(a, call, p.guarded().get(), p.outcome());
      if (!held) {
        answered(a, call, p);
      }
    }
    return turn.drive();
  }

  private void answered(Activation a, Work.Calling call, Stimulus.Performed p) {
    boolean current = p.attempt() == call.attempt();
    switch (p.outcome()) {
      case Outcome.Succeeded _ -> {
        boolean probed = current && call.stage() == Stage.PROBING;
        settle(a, call, p.outcome(), probed ? "probe" : "answer");
      }
      case Outcome.Absent _ when current && call.stage() == Stage.PROBING ->
          turn.unknowns.again(a, call, "the probe found no trace of it");
      case Outcome.Unknown u
          when current && call.stage() == Stage.PROBING && call.kind() == CallKind.OPENAPI ->
          turn.unknowns.ask(a, call, u.detail());
      case Outcome.Failed f
          when current && call.stage() == Stage.SENT && turn.held.waits(a, call, f) -> {}
      case Outcome.Failed _ when current && call.stage() == Stage.SENT ->
          settle(a, call, p.outcome(), "answer");
      case Outcome.Unknown u when current && call.stage() == Stage.SENT ->
          turn.unknowns.unknown(a, call, u.detail());
      // a probe that could not look is repeated when its time is over; late news changes nothing
      case Outcome.Failed _, Outcome.Unknown _, Outcome.Absent _ -> {}
    }
  }

  void settle(Activation a, Work.Calling call, Outcome outcome, String by) {
    turn.cancelBelow(a.id(), "the agent has answered");
    turn.record(new Fact.CallSettled(a.id(), a.task(), call.key(), outcome, by));
    turn.ready(a.id());
  }

  /** The activation a key belongs to: keys are {@code RUN-NUMBER}. */
  Optional<Activation> find(String key) {
    int dash = key.lastIndexOf('-');
    try {
      return Optional.ofNullable(
          turn.state().live().get(Long.parseLong(key, dash + 1, key.length(), 10)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
