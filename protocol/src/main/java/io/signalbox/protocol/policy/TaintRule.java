package io.signalbox.protocol.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a tenant does about calls that content steers, where its patterns match; an empty list
 * stands for everything.
 *
 * @param onSteered {@code ask}, {@code block}, {@code allow} or {@code ignore}
 * @param ruleOfTwo {@code ask}, {@code block} or {@code allow}, where an agent has read something
 *     untrusted and something sensitive and wants to reach outside
 * @param approvers who is asked, where the tool names nobody
 */
public record TaintRule(
    String name,
    String description,
    List<String> namespaces,
    List<String> agents,
    List<String> tools,
    Optional<String> onSteered,
    Optional<String> ruleOfTwo,
    List<String> approvers) {
  public TaintRule {
    namespaces = List.copyOf(namespaces);
    agents = List.copyOf(agents);
    tools = List.copyOf(tools);
    approvers = List.copyOf(approvers);
  }
}
