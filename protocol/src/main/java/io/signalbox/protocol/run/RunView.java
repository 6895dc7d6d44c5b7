package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
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
    Optional<Parent> parent,
    Optional<ForkedFrom> forkedFrom,
    Optional<Compensation> compensation) {
  @JsonCreator
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
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, waiting for these alone. */
  public RunView waitingFor(List<WaitingFor> other) {
    return new RunView(
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
        other,
        currentTasks,
        usage,
        parent,
        forkedFrom,
        compensation);
  }

  /** The run whose history this one shares, and up to which number. */
  public record ForkedFrom(String run, long atSeq) {}

  /**
   * How far a run has undone what it did.
   *
   * @param cause absent while only a part of the run is undone, {@code fault} or {@code cancel}
   * @param open compensations still to be carried out
   * @param completed compensations that are done
   * @param failed those that failed for good: somebody has to look after what they leave behind
   */
  public record Compensation(
      Optional<String> cause, int open, int completed, List<FailedCompensation> failed) {
    public Compensation {
      failed = List.copyOf(failed);
    }
  }

  /** A compensation that failed; {@code task} is its list of tasks. */
  public record FailedCompensation(String task, WorkflowError error) {}

  /**
   * Something outside that must happen before the run goes on.
   *
   * @param kind {@code approval}, {@code event}, {@code timer}, {@code outcome} or {@code run}
   * @param id an approval's id, a child run's id, or empty
   */
  public record WaitingFor(
      String kind, String task, Optional<String> id, Optional<Instant> until, String what) {}
}
