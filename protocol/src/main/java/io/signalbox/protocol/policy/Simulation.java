package io.signalbox.protocol.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tool call that nobody makes, to see what would be decided about it.
 *
 * @param roles of the principal's credential; those that name it as a member are added
 * @param agent that asks for the tool; without one a task of the workflow does
 * @param policies put in the place of those of the same name, as if they were enforced
 */
public record Simulation(
    String principal,
    Set<String> roles,
    Optional<String> onBehalfOf,
    Optional<String> agent,
    String tool,
    JsonNode arguments,
    String namespace,
    String workflow,
    Map<String, String> labels,
    Optional<Instant> at,
    List<Policy> policies) {
  public Simulation {
    roles = Set.copyOf(roles);
    labels = Map.copyOf(labels);
    policies = List.copyOf(policies);
  }
}
