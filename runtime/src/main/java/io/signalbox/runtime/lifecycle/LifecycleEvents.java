package io.signalbox.runtime.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A turn as the DSL's lifecycle events (specification, "Lifecycle Events"), in order. Pure. Their
 * ids follow from run and history number, so that one that is told twice can be known again.
 */
final class LifecycleEvents {
  private static final String PREFIX = "io.serverlessworkflow.";

  private final String source;
  private final RunId run;
  private final WorkflowRef workflow;
  private final Turn turn;
  private final List<Told> told = new ArrayList<>();
  private final Map<Long, JsonNode> results = new HashMap<>();

  /** An event and its type without the DSL's prefix and version, such as {@code task.started}. */
  record Told(String type, CloudEvent event) {}

  private LifecycleEvents(String source, RunId run, WorkflowRef workflow, Turn turn) {
    this.source = source;
    this.run = run;
    this.workflow = workflow;
    this.turn = turn;
  }

  static List<Told> of(String source, RunId run, WorkflowRef workflow, Turn turn) {
    LifecycleEvents events = new LifecycleEvents(source, run, workflow, turn);
    long seq = turn.firstSeq();
    for (Fact fact : turn.facts()) {
      events.take(fact, seq);
      seq += fact.width();
    }
    return List.copyOf(events.told);
  }

  private void take(Fact fact, long seq) {
    switch (fact) {
      case Fact.RunStarted _ -> {
        ObjectNode data = Json.object();
        data.set("definition", Json.tree(workflow));
        workflow(seq, "started", "startedAt", data, RunStatus.RUNNING);
      }
      case Fact.RunSuspended _ -> workflow(seq, "suspended", RunStatus.SUSPENDED);
      case Fact.RunResumed _, Fact.RunRetried _ -> workflow(seq, "resumed", RunStatus.RUNNING);
      case Fact.RunCancelled _ -> workflow(seq, "cancelled", RunStatus.CANCELLED);
      case Fact.RunFaulted it -> {
        ObjectNode data = Json.object();
        data.set("error", Json.tree(it.error()));
        workflow(seq, "faulted", "faultedAt", data, RunStatus.FAULTED);
      }
      case Fact.RunCompleted it -> {
        ObjectNode data = Json.object();
        data.set("output", it.output());
        workflow(seq, "completed", "completedAt", data, RunStatus.COMPLETED);
      }
      case Fact.ListenStarted _ -> correlation(seq, "correlation-started", "startedAt");
      case Fact.EventReceived _ -> correlation(seq, "correlation-completed", "completedAt");
      case Fact.TaskStarted it -> {
        task(seq, it.task(), "created", Json.object(), RunStatus.PENDING);
        task(seq + 1, it.task(), "started", Json.object(), RunStatus.RUNNING);
      }
      case Fact.TaskRetried it -> task(seq, it.task(), "retried", Json.object(), RunStatus.RUNNING);
      case Fact.TaskCancelled it ->
          task(seq, it.task(), "cancelled", Json.object(), RunStatus.CANCELLED);
      case Fact.TaskFaulted it -> {
        ObjectNode data = Json.object();
        data.set("error", Json.tree(it.error()));
        task(seq, it.task(), "faulted", data, RunStatus.FAULTED);
      }
      case Fact.TaskCompleted it -> {
        ObjectNode data = Json.object();
        it.output()
            .or(() -> Optional.ofNullable(results.get(it.id())))
            .ifPresent(output -> data.set("output", output));
        task(seq, it.task(), "completed", data, RunStatus.COMPLETED);
      }
      case Fact.CallSettled it -> {
        if (it.outcome() instanceof Outcome.Succeeded ok) {
          results.put(it.id(), ok.result());
        }
      }
      default -> {} // what is not in the DSL's life of runs and tasks
    }
  }

  private void workflow(long seq, String what, RunStatus status) {
    workflow(seq, what, what + "At", Json.object(), status);
  }

  private void workflow(long seq, String what, String at, ObjectNode more, RunStatus status) {
    ObjectNode data = named().put(at, turn.at().toString());
    data.setAll(more);
    tell(Long.toString(seq), "workflow." + what, data);
    tell(
        seq + "-status",
        "workflow.status-changed",
        named().put("status", status.text()).put("updatedAt", turn.at().toString()));
  }

  private void correlation(long seq, String what, String at) {
    tell(Long.toString(seq), "workflow." + what, named().put(at, turn.at().toString()));
  }

  private void task(long seq, String task, String what, ObjectNode more, RunStatus status) {
    if (task.isEmpty()) {
      return;
    }
    ObjectNode data = of(task).put(what + "At", turn.at().toString());
    data.setAll(more);
    tell(Long.toString(seq), "task." + what, data);
    tell(
        seq + "-status",
        "task.status-changed",
        of(task).put("status", status.text()).put("updatedAt", turn.at().toString()));
  }

  /** A run's qualified name: {@code NAME-ID.NAMESPACE}. */
  private String name() {
    return workflow.name() + "-" + run.id() + "." + workflow.namespace();
  }

  private ObjectNode named() {
    return Json.object().put("name", name());
  }

  private ObjectNode of(String task) {
    return Json.object().put("workflow", name()).put("task", task);
  }

  private void tell(String number, String type, ObjectNode data) {
    Instant at = turn.at();
    told.add(
        new Told(
            type,
            new CloudEvent(
                run.id() + "-" + number,
                source + "/" + run.tenant(),
                PREFIX + type + ".v1",
                Optional.of(run.id()),
                at,
                Optional.of("application/json"),
                Map.of(),
                data)));
  }
}
