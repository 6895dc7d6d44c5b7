package io.signalbox.protocol.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which past calls would be decided otherwise.
 *
 * @param policies put in the place of those of the same name, as if they were enforced
 * @param from runs that began since then
 * @param to and before then
 * @param runs how many of the newest are looked at
 */
public record PolicyReplay(
    List<Policy> policies,
    Instant from,
    Instant to,
    Optional<String> namespace,
    Optional<String> workflow,
    int runs) {
  public PolicyReplay {
    policies = List.copyOf(policies);
  }
}
