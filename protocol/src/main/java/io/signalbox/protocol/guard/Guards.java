package io.signalbox.protocol.guard;

import java.util.List;

/**
 * The guardrails that go with a call or message to whoever carries it out.
 *
 * @param cleared a person has let this very content pass: nothing is asked or blocked again
 */
public record Guards(Guardrail.Where where, List<Guardrail> rules, boolean cleared) {
  public Guards {
    rules = List.copyOf(rules);
  }

  /** Whether any check looks at this stage. */
  public boolean watch(Stage stage) {
    return rules.stream()
        .anyMatch(rule -> rule.checks().stream().anyMatch(c -> c.on().contains(stage)));
  }
}
