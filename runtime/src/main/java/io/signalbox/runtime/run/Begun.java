package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Parent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a run began; never changes.
 *
 * @param secretTag what marks the run's markers of secrets as its own
 */
public record Begun(
    WorkflowRef workflow,
    String digest,
    JsonNode input,
    Map<String, String> labels,
    String startedBy,
    Instant at,
    Optional<Instant> deadline,
    Optional<Parent> parent,
    Optional<String> secretTag) {
  public Begun {
    labels = Map.copyOf(labels);
  }
}
