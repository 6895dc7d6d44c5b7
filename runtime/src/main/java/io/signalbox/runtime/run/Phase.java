package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.WorkflowError;
import java.time.Instant;

/** The phase of a run's life. */
public sealed interface Phase {
  record Unstarted() implements Phase {}

  record Running() implements Phase {}

  record Suspended() implements Phase {}

  /** Standing still because of a freeze, which {@code rule} names; it goes on by itself. */
  record Frozen(String rule, String scope, String reason) implements Phase {}

  record Cancelled(Instant at) implements Phase {}

  record Faulted(WorkflowError error, Instant at) implements Phase {}

  /** Gone but for this; {@code was} says how it had ended. */
  record Deleted(RunStatus was, Instant at) implements Phase {}

  record Completed(JsonNode output, Instant at) implements Phase {}
}
