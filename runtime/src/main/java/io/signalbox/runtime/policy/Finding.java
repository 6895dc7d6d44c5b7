package io.signalbox.runtime.policy;

import io.signalbox.protocol.policy.Policy;
import java.util.Optional;

/**
 * What one rule says of one call.
 *
 * @param named the rule's full name
 * @param applies whether its condition holds, or could not be told and the rule holds back
 * @param trouble why the condition could not be told
 */
public record Finding(
    String named, Policy.Rule rule, boolean enforced, boolean applies, Optional<String> trouble) {
  /** What the rule's author, or else the rule itself, gives as reason. */
  public String reason() {
    return rule.reason().orElse("rule " + named)
        + trouble.map(it -> " (its condition could not be told: " + it + ")").orElse("");
  }
}
