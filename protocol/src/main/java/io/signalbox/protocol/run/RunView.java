package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as its owner sees it; always told by the run's own entity. */
public record RunView(
    String id,
    WorkflowRef workflow,
    String digest,
    RunStatus status,
    JsonNode input,
    Optional<JsonNode> output,
    Optional<WorkflowError> error,
    Map<String, String> labels,
    Instant startedAt,
    Optional<Instant> endedAt,
    List<WaitingFor> waitingFor,
    List<String> currentTasks,
    Usage usage,
    Optional<Parent> parent) {
  public RunView {
    labels = Map.copyOf(labels);
    waitingFor = List.copyOf(waitingFor);
    currentTasks = List.copyOf(currentTasks);
  }

  /** A run that stands by itself. */
  public RunView(
      String id,
      WorkflowRef workflow,
      String digest,
      RunStatus status,
      JsonNode input,
      Optional<JsonNode> output,
      Optional<WorkflowError> error,
      Map<String, String> labels,
      Instant startedAt,
      Optional<Instant> endedAt,
      List<WaitingFor> waitingFor,
      List<String> currentTasks,
      Usage usage) {
    this(
        id,
        workflow,
        digest,
        status,
        input,
        output,
        error,
        labels,
        startedAt,
        endedAt,
        waitingFor,
        currentTasks,
        usage,
        Optional.empty());
  }

  /**
   * Something outside that must happen before the run goes on.
   *
   * @param kind {@code approval}, {@code event}, {@code timer}, {@code outcome} or {@code run}
   * @param id an approval's id, a child run's id, or empty
   */
  public record WaitingFor(
      String kind, String task, Optional<String> id, Optional<Instant> until, String what) {}
}
