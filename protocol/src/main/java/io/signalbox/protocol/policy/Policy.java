package io.signalbox.protocol.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rules over tool calls. Deny beats ask beats allow; a tool that some rule allows is denied where
 * none does.
 *
 * @param mode {@code enforce}, or {@code shadow}: only written down
 */
public record Policy(String name, String description, String mode, List<Rule> rules) {
  public Policy {
    rules = List.copyOf(rules);
  }

  /** Whether it decides; else it is on trial. */
  public boolean enforced() {
    return mode.equals("enforce");
  }

  /** The name under which a rule is told and journalled. */
  public String named(Rule rule) {
    return "policy:" + name + "/" + rule.id();
  }

  /** What a rule does where it applies. */
  public enum Effect {
    ALLOW,
    DENY,
    ASK;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Effect parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * One rule.
   *
   * @param tools patterns of tool names, in which {@code *} stands for any text
   * @param when a CEL condition; without one it always applies
   * @param approvers who is asked, for {@code ask}
   */
  public record Rule(
      String id,
      Effect effect,
      List<String> tools,
      Optional<String> when,
      List<String> approvers,
      Optional<String> reason) {
    public Rule {
      tools = List.copyOf(tools);
      approvers = List.copyOf(approvers);
    }
  }
}
