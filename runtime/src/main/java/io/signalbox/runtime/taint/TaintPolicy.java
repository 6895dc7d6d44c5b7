package io.signalbox.runtime.taint;

import io.signalbox.protocol.access.Pattern;
import io.signalbox.protocol.policy.TaintRule;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a tenant does about calls that content steers. Of all that is said of a call, by its rules
 * and by the tool's own declaration, the strictest holds; where nothing is said, people are asked.
 */
public record TaintPolicy(List<TaintRule> rules) {
  /** Everything is asked about. */
  public static final TaintPolicy STANDARD = new TaintPolicy(List.of());

  private static final List<String> APPROVERS = List.of("role:approver", "role:admin");

  public TaintPolicy {
    rules = rules.stream().sorted(Comparator.comparing(TaintRule::name)).toList();
  }

  /** What happens to a steered call; the strictest first. */
  public enum Action {
    /** Refused. */
    BLOCK,
    /** Held until a person allows it. */
    ASK,
    /** Made, and noted. */
    ALLOW,
    /** Not even looked at. */
    IGNORE;

    /** As it is written in definitions. */
    public static Action parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What holds for one call.
   *
   * @param approvers who is asked
   * @param rules names of the tenant's rules that speak of it
   */
  public record Terms(
      Action onSteered, Action ruleOfTwo, List<String> approvers, List<String> rules) {
    public Terms {
      approvers = List.copyOf(approvers);
      rules = List.copyOf(rules);
    }
  }

  /** What holds for a call of this tool, by this agent, in this namespace. */
  public Terms terms(ToolDefinition tool, String namespace, String agent) {
    List<TaintRule> about =
        rules.stream().filter(it -> matches(it, namespace, agent, tool.name())).toList();
    List<String> named =
        tool.approvers().isEmpty()
            ? about.stream().flatMap(it -> it.approvers().stream()).distinct().toList()
            : tool.approvers();
    return new Terms(
        strictest(about, TaintRule::onSteered, tool.trust().onTainted()),
        strictest(about, TaintRule::ruleOfTwo, Optional.empty()),
        named.isEmpty() ? APPROVERS : named,
        about.stream().map(it -> "taint-rule:" + it.name()).toList());
  }

  /** Whether it speaks of such a call. */
  private static boolean matches(TaintRule rule, String namespace, String agent, String tool) {
    return any(rule.namespaces(), namespace)
        && any(rule.agents(), agent)
        && any(rule.tools(), tool);
  }

  private static boolean any(List<String> patterns, String text) {
    return patterns.isEmpty() || patterns.stream().anyMatch(it -> Pattern.matches(it, text));
  }

  private static Action strictest(
      List<TaintRule> about,
      Function<TaintRule, Optional<String>> said,
      Optional<String> declared) {
    return Stream.concat(about.stream().flatMap(it -> said.apply(it).stream()), declared.stream())
        .map(Action::parse)
        .min(Comparator.naturalOrder())
        .orElse(Action.ASK);
  }
}
