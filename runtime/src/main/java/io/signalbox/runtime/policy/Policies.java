package io.signalbox.runtime.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All policies of a tenant, as they are now. */
public record Policies(List<CompiledPolicy> all) {
  public static final Policies NONE = new Policies(List.of());

  public Policies {
    all = all.stream().sorted(Comparator.comparing(it -> it.policy().name())).toList();
  }

  /** With another policy in the place of the one of that name, or beside all others. */
  public Policies with(CompiledPolicy other) {
    String name = other.policy().name();
    return new Policies(
        Stream.concat(all.stream().filter(it -> !it.policy().name().equals(name)), Stream.of(other))
            .toList());
  }

  /**
   * What every rule about the tool says.
   *
   * @param variables asked for only where there are policies
   */
  public List<Finding> look(String tool, Supplier<Map<String, Object>> variables) {
    if (all.isEmpty()) {
      return List.of();
    }
    Map<String, Object> values = variables.get();
    return all.stream().flatMap(policy -> policy.look(tool, values).stream()).toList();
  }

  /** Whether the tool may only be called where a rule allows it. */
  public boolean closed(String tool, boolean enforced) {
    return all.stream().anyMatch(it -> it.policy().enforced() == enforced && it.allows(tool));
  }
}
