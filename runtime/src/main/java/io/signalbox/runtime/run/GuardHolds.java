package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.guard.Finding;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.judge.Verdict;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What guardrails found is written down; what they held back waits for a person. A call held before
 * it was sent is sent afterwards, marked as cleared; what came back is never fetched again.
 */
final class GuardHolds {
  private static final String HELD = "heldByGuardrail";

  private final Deciding turn;

  GuardHolds(Deciding turn) {
    this.turn = turn;
  }

  /** Writes the findings down; true if the call now waits for a person. */
  boolean hold(Activation a, Work.Calling call, Guarded guarded, Outcome outcome) {
    turn.record(new Fact.CallGuarded(a.id(), a.task(), call.key(), guarded));
    if (guarded.verdict() != Guarded.Verdict.HELD) {
      return false;
    }
    ask(a, call, guarded, outcome);
    return true;
  }

  /** Findings in what goes on all the same. */
  Decision noticed(Stimulus.Noticed n) {
    turn.calls
        .find(n.key())
        .filter(a -> a.work() instanceof Work.Calling)
        .ifPresent(a -> turn.record(new Fact.CallGuarded(a.id(), a.task(), n.key(), n.guarded())));
    return turn.drive();
  }

  private void ask(Activation a, Work.Calling call, Guarded guarded, Outcome outcome) {
    ObjectNode held =
        Json.object()
            .put("kind", call.kind().name())
            .put("target", call.target())
            .put("onUnknownOutcome", call.onUnknownOutcome().name());
    if (outcome instanceof Outcome.Succeeded(JsonNode result, Usage usage)) {
      held.set("result", result);
      held.set("usage", Json.tree(usage));
    }
    ObjectNode details = Json.object();
    details.set("findings", Json.tree(guarded.findings()));
    details.set(HELD, held);
    List<String> rules =
        guarded.findings().stream().map(Finding::guardrail).distinct().sorted().toList();
    String what = outcome instanceof Outcome.Succeeded ? "what came back from " : "";
    turn.record(
        new Fact.ApprovalRequested(
            a.id(),
            a.task(),
            turn.asking.id(a),
            "Let " + what + call.target() + " pass guardrail " + String.join(", ", rules),
            details,
            Optional.of(call.target()),
            Optional.of(call.arguments()),
            Optional.of(Hashes.of(call.arguments())),
            call.tool().map(it -> it.risk().text()),
            turn.asking.requester(),
            guarded.approvers(),
            1,
            Optional.empty(),
            List.of(),
            List.of()));
  }

  static boolean holds(ApprovalView approval) {
    return approval.details().path(HELD).isObject();
  }

  /** A person has let it pass. */
  void release(Activation a, ApprovalView approval) {
    JsonNode held = approval.details().path(HELD);
    if (held.has("result")) {
      Outcome outcome = new Outcome.Succeeded(held.get("result"), usage(held.path("usage")));
      turn.record(new Fact.CallSettled(a.id(), a.task(), turn.asking.id(a), outcome, "person"));
      turn.ready(a.id());
      return;
    }
    CallKind kind = CallKind.valueOf(held.path("kind").asText());
    String target = held.path("target").asText();
    Optional<ToolDefinition> tool =
        kind == CallKind.TOOL
            ? Optional.ofNullable(turn.rules.tools().get(target))
            : Optional.empty();
    if (kind == CallKind.TOOL && tool.isEmpty()) {
      turn.asking.refused(
          a,
          new Verdict.Refused(
              "tool-known", "there is no tool named " + target + " any more", List.of()));
      return;
    }
    // the rules may have changed while people thought
    if (kind == CallKind.TOOL
        && turn.judging.again(
                a,
                target,
                approval.arguments().orElseGet(Json::object),
                Set.copyOf(approval.bound().rules()))
            instanceof Verdict.Refused no) {
      turn.asking.refused(a, no);
      return;
    }
    turn.calls.dispatch(
        a,
        kind,
        target,
        approval.arguments().orElseGet(Json::object),
        tool,
        OnUnknownOutcome.valueOf(held.path("onUnknownOutcome").asText()),
        timeout(kind, tool),
        Optional.of(approval.id()));
  }

  private static Usage usage(JsonNode it) {
    return new Usage(
        it.path("calls").asLong(),
        it.path("inputTokens").asLong(),
        it.path("outputTokens").asLong(),
        it.path("costMicros").asLong());
  }

  private Duration timeout(CallKind kind, Optional<ToolDefinition> tool) {
    return switch (kind) {
      case TOOL -> tool.map(ToolDefinition::timeout).orElse(turn.bounds.httpTimeout());
      case AGENT, APPROVAL, WORKFLOW -> Calls.AGENT_LEASE;
      case PROCESS -> turn.bounds.processTimeout();
      case HTTP, OPENAPI -> turn.bounds.httpTimeout();
    };
  }
}
