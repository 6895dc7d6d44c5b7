package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.run.Parent;
import io.signalbox.protocol.run.RunView.ForkedFrom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a run began. Only moving it to another version, forking it and labelling it change anything.
 *
 * @param secretTag what marks the run's markers of secrets as its own
 * @param caller whose credential began it, and with what roles
 * @param forkedFrom the run whose history this one shares
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
    Optional<String> secretTag,
    Optional<ForkedFrom> forkedFrom,
    Optional<Caller> caller) {
  public Begun {
    labels = Map.copyOf(labels);
  }

  Begun labelled(Map<String, String> more, Collection<String> removed) {
    Map<String, String> all = new HashMap<>(labels);
    all.putAll(more);
    all.keySet().removeAll(removed);
    return new Begun(
        workflow,
        digest,
        input,
        all,
        startedBy,
        at,
        deadline,
        parent,
        secretTag,
        forkedFrom,
        caller);
  }

  Begun migrated(WorkflowRef other, String otherDigest) {
    return new Begun(
        other,
        otherDigest,
        input,
        labels,
        startedBy,
        at,
        deadline,
        parent,
        secretTag,
        forkedFrom,
        caller);
  }
}
