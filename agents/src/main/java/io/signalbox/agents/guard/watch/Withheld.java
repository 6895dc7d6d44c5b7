package io.signalbox.agents.guard.watch;

import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.WorkflowError;
import java.util.Optional;

/** What becomes of a call or message that does not go on: the gateway itself refuses it. */
public final class Withheld {
  private Withheld() {}

  /** Certainly not done, since the guardrails say no. */
  public static Outcome because(String why) {
    return new Outcome.Failed(
        "authorization",
        403,
        why,
        Optional.empty(),
        Optional.of(WorkflowError.standard("authorization", 403, "Not allowed", why, "")));
  }
}
