package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.Caller;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a run needs to begin; the definition is pinned by its digest.
 *
 * @param startedBy the principal's id, which is also the requester of the run's approvals
 * @param hidden left out of lists unless asked for (implicit one-task workflows)
 * @param caller whose credential began it, and with what roles
 * @param parent the run whose task this run carries out, if it is one's ({@code run: workflow})
 */
public record StartRun(
    WorkflowRef workflow,
    String digest,
    JsonNode input,
    Map<String, String> labels,
    String startedBy,
    boolean hidden,
    Optional<Parent> parent,
    Optional<Caller> caller) {
  public StartRun {
    labels = Map.copyOf(labels);
  }

  /** A run that nobody's credential began. */
  public StartRun(
      WorkflowRef workflow,
      String digest,
      JsonNode input,
      Map<String, String> labels,
      String startedBy,
      boolean hidden,
      Optional<Parent> parent) {
    this(workflow, digest, input, labels, startedBy, hidden, parent, Optional.empty());
  }

  /** A run that nobody's task has asked for. */
  public StartRun(
      WorkflowRef workflow,
      String digest,
      JsonNode input,
      Map<String, String> labels,
      String startedBy,
      boolean hidden) {
    this(workflow, digest, input, labels, startedBy, hidden, Optional.empty());
  }
}
