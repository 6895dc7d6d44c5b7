package io.signalbox.agents.guard.watch;

import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.WorkflowError;
import java.util.Optional;

/** What becomes of a call or message that does not go on: the gateway itself refuses it. */
public final class Withheld {
  private Withheld() {}

  /** Certainly not done, since guardrails say no; the gravest finding's is the rule. */
  public static Outcome because(Optional<Guarded> found, String why) {
    String rule =
        found.stream()
            .flatMap(it -> it.findings().stream())
            .findFirst()
            .map(it -> "guardrail:" + it.guardrail())
            .orElse("guardrail");
    return new Outcome.Failed(
        "authorization",
        403,
        why,
        Optional.empty(),
        Optional.of(WorkflowError.standard("authorization", 403, "Not allowed", why, "").by(rule)));
  }
}
