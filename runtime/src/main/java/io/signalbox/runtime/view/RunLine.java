package io.signalbox.runtime.view;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A line of the list of runs, and what is needed to keep it right as turns come. */
public record RunLine(
    RunId run,
    WorkflowRef workflow,
    String digest,
    RunStatus status,
    Map<String, String> labels,
    Instant startedAt,
    Optional<Instant> endedAt,
    boolean hidden,
    Map<Long, Open> open) {
  public RunLine {
    labels = Map.copyOf(labels);
    open = Map.copyOf(open);
  }

  /** An activation that is not done, and what holds it back. */
  public record Open(long parent, Optional<Hold> hold) {
    @JsonCreator
    public Open {}
  }

  /**
   * Something outside that an activation waits for.
   *
   * @param kind {@code approval}, {@code event}, {@code timer} or {@code outcome}
   * @param approval the approval's id, for approvals
   */
  public record Hold(String kind, String task, Optional<String> approval) {}

  /** The same after a fact, as far as it changes which workflow the run is of, or its labels. */
  RunLine after(Fact fact) {
    if (fact instanceof Fact.RunLabelled it) {
      Map<String, String> more = new TreeMap<>(labels);
      more.putAll(it.labels());
      more.keySet().removeAll(it.removed());
      return of(workflow, digest, more);
    }
    if (fact instanceof Fact.RunMigrated it) {
      return of(it.workflow(), it.digest(), labels);
    }
    return fact instanceof Fact.RunForked it ? of(it.workflow(), it.digest(), labels) : this;
  }

  private RunLine of(WorkflowRef ref, String otherDigest, Map<String, String> marks) {
    return new RunLine(run, ref, otherDigest, status, marks, startedAt, endedAt, hidden, open);
  }

  /** What the run waits for, each as kind and task pointer, in the order it began. */
  public List<String> waitingFor() {
    return new TreeMap<>(open)
        .values().stream()
            .flatMap(open -> open.hold().stream())
            .map(hold -> hold.kind() + " " + hold.task())
            .toList();
  }

  /** What the free-text filter looks into. */
  public String search() {
    String marks =
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    return (run.id() + " " + workflow.namespace() + "/" + workflow.name() + " " + marks)
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
