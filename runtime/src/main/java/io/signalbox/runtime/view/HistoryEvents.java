package io.signalbox.runtime.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's facts as its history tells them. Pure; the numbers are those the run itself counts by.
 */
public final class HistoryEvents {
  private HistoryEvents() {}

  /** The history events of one turn, in order. */
  public static List<HistoryEvent> of(Turn turn) {
    List<HistoryEvent> events = new ArrayList<>();
    long seq = turn.firstSeq();
    for (Fact fact : turn.facts()) {
      ObjectNode data = data(fact);
      String task = data.path("task").asText("");
      data.remove(List.of("fact", "task", "secretTag"));
      if (fact instanceof Fact.TaskStarted) {
        ObjectNode created = data.deepCopy().without(List.of("input", "items"));
        events.add(new HistoryEvent(seq, turn.at(), "task.created", task, created));
        data.remove(List.of("parent", "shape", "deadline"));
        events.add(new HistoryEvent(seq + 1, turn.at(), type(fact), task, data));
      } else {
        events.add(new HistoryEvent(seq, turn.at(), type(fact), task, data));
      }
      seq += fact.width();
    }
    return events;
  }

  /** The fact's fields; of a tool only what tells which it was. */
  private static ObjectNode data(Fact fact) {
    ObjectNode data = (ObjectNode) Json.tree(fact);
    if (fact instanceof Fact.CallDispatched call && call.kind() == CallKind.TOOL) {
      ObjectNode tool =
          data.putObject("tool")
              .put("name", call.tool().map(ToolDefinition::name).orElse(call.target()));
      call.risk()
          .or(() -> call.tool().map(ToolDefinition::risk))
          .ifPresent(risk -> tool.put("risk", risk.text()));
      data.remove("risk");
    }
    return data;
  }

  private static String type(Fact fact) {
    return switch (fact) {
      case Fact.RunStarted _ -> "workflow.started";
      case Fact.RunSuspended _ -> "workflow.suspended";
      case Fact.RunResumed _ -> "workflow.resumed";
      case Fact.RunCancelled _ -> "workflow.cancelled";
      case Fact.RunFaulted _ -> "workflow.faulted";
      case Fact.RunRetried _ -> "workflow.retried";
      case Fact.RunDeleted _ -> "workflow.deleted";
      case Fact.RunCompleted _ -> "workflow.completed";
      case Fact.TaskStarted _ -> "task.started";
      case Fact.TaskExtended _ -> "task.extended";
      case Fact.ExtensionStarted _ -> "extension.started";
      case Fact.TaskEntered _ -> "task.entered";
      case Fact.TaskReturned _ -> "task.returned";
      case Fact.TaskSkipped _ -> "task.skipped";
      case Fact.TaskCompleted _ -> "task.completed";
      case Fact.TaskFaulted _ -> "task.faulted";
      case Fact.TaskCancelled _ -> "task.cancelled";
      case Fact.IterationStarted _ -> "task.iterated";
      case Fact.ErrorCaught _ -> "error.caught";
      case Fact.RetryScheduled _ -> "retry.scheduled";
      case Fact.TaskRetried _ -> "task.retried";
      case Fact.WaitStarted _ -> "wait.started";
      case Fact.ListenStarted _ -> "event.awaited";
      case Fact.EventReceived _ -> "event.received";
      case Fact.EventProcessed _ -> "event.processed";
      case Fact.EventEmitted _ -> "event.emitted";
      case Fact.ToolRequested _ -> "tool.requested";
      case Fact.ToolRefused _ -> "tool.refused";
      case Fact.CallJudged _ -> "tool.judged";
      case Fact.CallDispatched it -> called(it.kind());
      case Fact.CallUnknown _ -> "tool.unknown";
      case Fact.CallProbed _ -> "tool.probed";
      case Fact.CallSettled it ->
          (it.settledBy().equals("child") ? "run." : "tool.")
              + (it.outcome() instanceof Outcome.Failed ? "failed" : "returned");
      case Fact.ChildPinned _ -> "run.started";
      case Fact.ChildReleased _ -> "run.released";
      case Fact.CallResolved _ -> "tool.resolved";
      case Fact.CallGuarded _ -> "guardrail.found";
      case Fact.ApprovalRequested _ -> "approval.requested";
      case Fact.ApprovalEscalated _ -> "approval.escalated";
      case Fact.ApprovalDecided _ -> "approval.decided";
      case Fact.ApprovalExpired _ -> "approval.expired";
      case Fact.ApprovalClaimed _ -> "approval.claimed";
      case Fact.ApprovalReleased _ -> "approval.released";
      case Fact.ApprovalDelegated _ -> "approval.delegated";
      case Fact.GrantUsed _ -> "approval.granted";
      case Fact.ItemStarted _ -> "item.started";
      case Fact.ItemCompleted _ -> "item.completed";
      case Fact.ItemFaulted _ -> "item.faulted";
      case Fact.RunLabelled _ -> "workflow.labelled";
      case Fact.RunCompensating _ -> "workflow.compensating";
      case Fact.CompensationStarted _ -> "compensation.started";
      case Fact.CompensationCompleted _ -> "compensation.completed";
      case Fact.CompensationFaulted _ -> "compensation.faulted";
      case Fact.RunFrozen _ -> "workflow.frozen";
      case Fact.RunThawed _ -> "workflow.thawed";
      case Fact.CallHeld _ -> "tool.held";
      case Fact.RunMigrated _ -> "workflow.migrated";
      case Fact.RunForked _ -> "workflow.forked";
    };
  }

  private static String called(CallKind kind) {
    return switch (kind) {
      case AGENT -> "message.sent";
      case WORKFLOW -> "run.requested";
      case PROCESS -> "process.started";
      case HTTP, OPENAPI, TOOL, APPROVAL -> "tool.called";
    };
  }
}
