package io.signalbox.runtime.policy;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.access.Pattern;
import io.signalbox.protocol.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One version of a policy, its conditions compiled. */
public final class CompiledPolicy {
  private final Policy policy;
  private final List<Line> lines;

  private record Line(Policy.Rule rule, Optional<Condition> when) {}

  private CompiledPolicy(Policy policy, List<Line> lines) {
    this.policy = policy;
    this.lines = List.copyOf(lines);
  }

  /** What compiling came to: the policy, or every fault in it. */
  public record Compiling(Optional<CompiledPolicy> policy, List<Fault> faults) {
    public Compiling {
      faults = List.copyOf(faults);
    }
  }

  /** Compiles all conditions. */
  public static Compiling compile(Policy policy) {
    List<Line> lines = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < policy.rules().size(); i++) {
      Policy.Rule rule = policy.rules().get(i);
      try {
        Optional<Condition> when =
            rule.when().isPresent()
                ? Optional.of(Condition.compile(rule.when().get()))
                : Optional.empty();
        lines.add(new Line(rule, when));
      } catch (Condition.Unusable e) {
        faults.add(new Fault("/rules/" + i + "/when", e.why()));
      }
    }
    return faults.isEmpty()
        ? new Compiling(Optional.of(new CompiledPolicy(policy, lines)), List.of())
        : new Compiling(Optional.empty(), faults);
  }

  public Policy policy() {
    return policy;
  }

  /** Whether some rule allows this tool under some condition; elsewhere it is then denied. */
  boolean allows(String tool) {
    return lines.stream()
        .anyMatch(it -> it.rule().effect() == Policy.Effect.ALLOW && about(it.rule(), tool));
  }

  /** What each rule about the tool says. */
  List<Finding> look(String tool, Map<String, Object> variables) {
    return lines.stream()
        .filter(line -> about(line.rule(), tool))
        .map(line -> look(line, variables))
        .toList();
  }

  private Finding look(Line line, Map<String, Object> variables) {
    Policy.Rule rule = line.rule();
    String named = policy.named(rule);
    if (line.when().isEmpty()) {
      return new Finding(named, rule, policy.enforced(), true, Optional.empty());
    }
    try {
      boolean holds = line.when().get().holds(variables);
      return new Finding(named, rule, policy.enforced(), holds, Optional.empty());
    } catch (Condition.Unusable e) {
      // nobody knows: what holds back applies, what lets through does not
      boolean applies = rule.effect() != Policy.Effect.ALLOW;
      return new Finding(named, rule, policy.enforced(), applies, Optional.of(e.why()));
    }
  }

  private static boolean about(Policy.Rule rule, String tool) {
    return rule.tools().stream().anyMatch(pattern -> Pattern.matches(pattern, tool));
  }
}
