package io.signalbox.agents.hands.kit;

import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;

/** Carries out one kind of call. Called on a virtual thread, so it may block within its timeout. */
@FunctionalInterface
public interface Hand {
  /** Acts. A setback says how far it got: certainly not done, or nobody knows. */
  Outcome send(Perform order) throws Setback;

  /** Looks whether an earlier attempt took effect: Succeeded, Absent, or still Unknown. */
  default Outcome probe(Perform order) throws Setback {
    return new Outcome.Unknown("this call leaves no marker that could be looked for");
  }
}
