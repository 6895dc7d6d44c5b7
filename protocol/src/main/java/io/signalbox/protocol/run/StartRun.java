package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import java.util.Map;

/**
 * Everything a run needs to begin; the definition is pinned by its digest.
 *
 * @param startedBy the principal's id, which is also the requester of the run's approvals
 * @param hidden left out of lists unless asked for (implicit one-task workflows)
 */
public record StartRun(
    WorkflowRef workflow,
    String digest,
    JsonNode input,
    Map<String, String> labels,
    String startedBy,
    boolean hidden) {
  public StartRun {
    labels = Map.copyOf(labels);
  }
}
