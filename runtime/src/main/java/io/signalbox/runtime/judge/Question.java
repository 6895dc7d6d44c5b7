package io.signalbox.runtime.judge;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tool call that somebody wants to be made, with all that may be looked at to decide on it.
 *
 * @param rules the tenant's rules as they are now
 * @param tool its name, as it was asked for
 * @param granted the rules whose question people have answered with yes for these very arguments
 * @param at the time of the turn that decides
 */
public record Question(
    Rulebook rules,
    Asker asker,
    Run run,
    String tool,
    JsonNode arguments,
    Set<String> granted,
    Instant at) {
  public Question {
    granted = Set.copyOf(granted);
  }

  /** Who wants it. */
  public sealed interface Asker {
    /** The workflow's own task; its definition was deployed by somebody who may. */
    record Workflow() implements Asker {}

    /** An agent that the run has called. */
    record Agent(String name) implements Asker {}
  }

  /**
   * What the steps may know of the run.
   *
   * @param startedBy the principal's id
   * @param usage what it has drawn so far
   */
  public record Run(
      String id, WorkflowRef workflow, String startedBy, Map<String, String> labels, Usage usage) {
    public Run {
      labels = Map.copyOf(labels);
    }
  }

  /** The tool itself, if there is one of that name. */
  public Optional<ToolDefinition> definition() {
    return Optional.ofNullable(rules.tools().get(tool));
  }
}
