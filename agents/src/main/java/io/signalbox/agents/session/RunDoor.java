package io.signalbox.agents.session;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunCommand;

/** The way to runs, wherever in the cluster they live. */
@FunctionalInterface
public interface RunDoor {
  void tell(RunId run, RunCommand command);
}
