package io.signalbox.protocol.guard;

import java.util.List;
import java.util.Optional;

/**
 * What is looked for, where, and what is done about it. Patterns are names in which {@code *}
 * stands for anything; an empty list fits everything.
 *
 * @param namespaces of the workflow whose run it is
 * @param agents whose messages, replies and tool calls it is about; calls of a workflow itself are
 *     of no agent, and fit an empty list alone
 * @param tools what is called
 * @param reveal to which tools pseudonyms are given as the true values
 * @param approvers who is asked; entries are {@code role:NAME} or {@code user:ID}
 * @param onError what is done when a detector cannot be asked
 */
public record Guardrail(
    String name,
    List<String> namespaces,
    List<String> agents,
    List<String> tools,
    List<Check> checks,
    Optional<Reveal> reveal,
    List<String> approvers,
    Action onError) {
  public Guardrail {
    namespaces = List.copyOf(namespaces);
    agents = List.copyOf(agents);
    tools = List.copyOf(tools);
    checks = List.copyOf(checks);
    approvers = List.copyOf(approvers);
  }

  /** Whether it is about this. */
  public boolean fits(Where where) {
    return fits(namespaces, where.namespace())
        && fits(agents, where.agent())
        && (where.target().isEmpty() || fits(tools, where.target()));
  }

  private static boolean fits(List<String> patterns, String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(it -> Pattern.fits(it, name));
  }

  /**
   * Who receives the true values.
   *
   * @param tools patterns of names of tools
   * @param kinds of values, such as {@code email}; empty for all
   */
  public record Reveal(List<String> tools, List<String> kinds) {
    public Reveal {
      tools = List.copyOf(tools);
      kinds = List.copyOf(kinds);
    }

    /** Whether this tool receives values of this kind. */
    public boolean fits(String tool, String kind) {
      return tools.stream().anyMatch(it -> Pattern.fits(it, tool))
          && (kinds.isEmpty() || kinds.contains(kind));
    }
  }

  /**
   * Where content is on its way.
   *
   * @param agent empty for calls of a workflow itself
   * @param target what is called; empty for messages to and replies of an agent
   */
  public record Where(String namespace, String agent, String target) {}
}
