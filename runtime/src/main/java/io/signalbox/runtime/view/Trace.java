package io.signalbox.runtime.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Turn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree of a run's spans: run, tasks, calls, and below an agent's call the tools it asked for.
 */
final class Trace {
  private final Map<Long, Span> activations = new HashMap<>();
  private final Map<String, Span> calls = new HashMap<>();
  private final Map<String, Span> approvals = new HashMap<>();
  private final Map<String, SessionId> messages = new HashMap<>();
  private final RunId run;
  private final Span root;

  /** Of at least the run's first turn. */
  Trace(RunId run, List<Turn> turns) {
    this.run = run;
    Turn first = turns.getFirst();
    this.root = new Span("1", "run", name(run.id(), first), "", first.at());
    for (Turn turn : turns) {
      turn.facts().forEach(fact -> take(fact, turn.at()));
    }
  }

  /** The sessions that got a message, by the key of the call; each can tell of its model calls. */
  Map<String, SessionId> messages() {
    return Map.copyOf(messages);
  }

  /** What a session tells of the message with this key. */
  void tell(String key, List<SessionTurn> turns) {
    ModelSpans models = new ModelSpans(key, of(key));
    turns.forEach(models::take);
  }

  /**
   * The root span as served.
   *
   * @param cut whether later turns are left out
   */
  JsonNode json(boolean cut) {
    ObjectNode node = root.json();
    node.put("run", run.id());
    if (cut) {
      node.put("truncated", true);
    }
    return node;
  }

  private void take(Fact fact, Instant at) {
    switch (fact) {
      case Fact.RunSuspended _ -> root.status("suspended");
      case Fact.RunResumed _ -> root.status("running");
      case Fact.RunFrozen it -> {
        root.status("suspended");
        root.attributes().put("frozenBy", it.rule());
      }
      case Fact.RunThawed _ -> root.status("running");
      case Fact.CallHeld it -> at(it.id()).attributes().put("heldBy", it.rule());
      case Fact.RunRetried _ -> root.reopen();
      case Fact.RunCancelled _ -> root.end(at, "cancelled");
      case Fact.RunDeleted _ -> {} // nobody is told about a deleted run
      case Fact.RunCompleted _ -> root.end(at, "completed");
      case Fact.RunFaulted it -> {
        root.attributes().set("error", Json.tree(it.error()));
        root.end(at, "faulted");
      }
      case Fact.TaskStarted it ->
          open(
              it.id(),
              at(it.parent()),
              new Span(id(it.id()), "task", last(it.task()), it.task(), at));
      case Fact.TaskCompleted it -> at(it.id()).end(at, "completed");
      case Fact.TaskCancelled it -> at(it.id()).end(at, "cancelled");
      case Fact.TaskFaulted it -> {
        at(it.id()).attributes().set("error", Json.tree(it.error()));
        at(it.id()).end(at, "faulted");
      }
      case Fact.TaskExtended it ->
          at(it.id()).attributes().set("extensions", Json.tree(it.extensions()));
      case Fact.IterationStarted it -> at(it.id()).attributes().put("iterations", it.index() + 1);
      case Fact.RetryScheduled it -> at(it.id()).attempts(it.attempt() + 1);
      case Fact.WaitStarted it -> at(it.id()).attributes().put("waitsUntil", it.until().toString());
      case Fact.ListenStarted it -> at(it.id()).attributes().put("awaits", "event");
      case Fact.EventReceived it -> at(it.id()).attributes().put("event", it.event().id());
      case Fact.EventProcessed it -> at(it.id()).attributes().put("processed", it.index() + 1);
      case Fact.EventEmitted it -> at(it.id()).attributes().put("event", it.event().id());
      case Fact.ToolRequested it ->
          tool(it.id(), it.parent(), it.tool(), it.task(), it.callId(), it.rule(), at);
      case Fact.CallJudged it -> at(it.id()).attributes().put("rule", it.rule());
      case Fact.ToolRefused it -> {
        tool(it.id(), it.parent(), it.tool(), it.task(), it.callId(), it.rule(), at);
        at(it.id()).end(at, "refused");
      }
      case Fact.CallDispatched it -> call(it, at);
      case Fact.CallUnknown it -> of(it.key()).status("unknown");
      case Fact.CallProbed it -> probed(of(it.key()));
      case Fact.CallSettled it -> settled(of(it.key()), it, at);
      case Fact.CallGuarded it ->
          of(it.key()).attributes().set("guardrails", Json.tree(it.guarded().findings()));
      case Fact.CallResolved it -> of(it.key()).attributes().put("resolvedBy", it.by());
      case Fact.ApprovalRequested it -> approval(it, at);
      case Fact.ApprovalDecided it when it.settled() ->
          asked(it.approvalId())
              .end(at, it.vote().decision().equals("approve") ? "approved" : "rejected");
      case Fact.ApprovalExpired it -> asked(it.approvalId()).end(at, "expired");
      case Fact.ApprovalClaimed it -> asked(it.approvalId()).attributes().put("claimedBy", it.by());
      case Fact.ApprovalDelegated it ->
          asked(it.approvalId()).attributes().put("delegatedTo", it.to());
      case Fact.GrantUsed it -> at(it.id()).attributes().put("grant", it.grant());
      case Fact.ApprovalEscalated it ->
          asked(it.approvalId()).attributes().put("escalated", it.step());
      case Fact.ItemStarted it ->
          open(
              it.id(),
              at(it.parent()),
              new Span(id(it.id()), "item", "item " + it.index(), it.task(), at));
      case Fact.ItemCompleted it -> at(it.id()).end(at, "completed");
      case Fact.ItemFaulted it -> {
        at(it.id()).attributes().set("error", Json.tree(it.error()));
        at(it.id()).end(at, "faulted");
      }
      case Fact.CompensationStarted it ->
          open(
              it.id(),
              at(it.parent()),
              new Span(id(it.id()), "compensation", "undo " + it.of(), it.task(), at));
      case Fact.CompensationCompleted it -> at(it.id()).end(at, "completed");
      case Fact.CompensationFaulted it -> {
        at(it.id()).attributes().set("error", Json.tree(it.error()));
        at(it.id()).end(at, "faulted");
      }
      case Fact.RunCompensating _ -> root.attributes().put("compensated", true);
      case Fact.RunMigrated it -> root.attributes().put("migratedTo", it.workflow().version());
      case Fact.RunForked it -> root.attributes().put("forkedFrom", it.run());
      case Fact.ChildPinned it -> of(it.key()).attributes().put("run", it.run());
      case Fact.RunLabelled _,
          Fact.RunStarted _,
          Fact.ChildReleased _,
          Fact.TaskSkipped _,
          Fact.ExtensionStarted _,
          Fact.TaskEntered _,
          Fact.TaskReturned _,
          Fact.TaskRetried _,
          Fact.ErrorCaught _,
          Fact.ApprovalReleased _,
          Fact.ApprovalDecided _ -> {}
    }
  }

  private void tool(
      long id, long parent, String tool, String task, String callId, String rule, Instant at) {
    Span span = new Span(id(id), "tool", tool, task, at);
    span.attributes().put("callId", callId).put("rule", rule);
    open(id, at(parent).newestCall(), span);
  }

  private void call(Fact.CallDispatched it, Instant at) {
    Span span = calls.computeIfAbsent(it.key(), key -> firstCall(it, at));
    if (it.kind() == CallKind.AGENT) {
      messages.put(it.key(), session(it));
    }
    span.attempts(it.attempt());
    span.status("running");
  }

  /** A call without a session of its own gets a fresh one. */
  private SessionId session(Fact.CallDispatched it) {
    String named = it.arguments().path("session").asText("");
    return new SessionId(
        run.tenant(), it.target(), named.isEmpty() ? run.id() + "-" + it.id() : named);
  }

  /** An agent's tool call has its span already; a task's call gets one below the task. */
  private Span firstCall(Fact.CallDispatched it, Instant at) {
    Span activation = at(it.id());
    Span span =
        activation.isTool()
            ? activation
            : activation.child(new Span(it.key(), it.kind().text(), it.target(), it.task(), at));
    span.attributes().put("key", it.key());
    return span;
  }

  private static void probed(Span span) {
    span.attributes().put("probes", span.attributes().path("probes").asInt(0) + 1);
  }

  private static void settled(Span span, Fact.CallSettled it, Instant at) {
    span.attributes().put("settledBy", it.settledBy());
    switch (it.outcome()) {
      case Outcome.Succeeded ok -> {
        span.drew(ok.usage());
        span.end(at, "completed");
      }
      case Outcome.Failed no -> {
        span.attributes().put("error", no.kind() + " " + no.status() + ": " + no.detail());
        span.end(at, "faulted");
      }
      case Outcome.Unknown _ -> span.status("unknown");
      case Outcome.Absent _ -> span.end(at, "absent");
    }
  }

  private void approval(Fact.ApprovalRequested it, Instant at) {
    Span span = new Span(it.approvalId(), "approval", it.title(), it.task(), at);
    span.status("open");
    approvals.put(it.approvalId(), at(it.id()).child(span));
  }

  private void open(long id, Span parent, Span span) {
    activations.put(id, parent.child(span));
  }

  private Span at(long activation) {
    return activations.getOrDefault(activation, root);
  }

  private Span of(String key) {
    return calls.getOrDefault(key, root);
  }

  private Span asked(String approvalId) {
    return approvals.getOrDefault(approvalId, root);
  }

  private static String id(long activation) {
    return Long.toString(activation);
  }

  private static String last(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static String name(String runId, Turn first) {
    return first.facts().stream()
        .filter(Fact.RunStarted.class::isInstance)
        .map(Fact.RunStarted.class::cast)
        .map(it -> it.workflow().namespace() + "/" + it.workflow().name())
        .findFirst()
        .orElse(runId);
  }
}
