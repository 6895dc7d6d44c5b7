package io.signalbox.agents.hands;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunCommand;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** The way back to the run that gave an order, wherever in the cluster it lives by now. */
@FunctionalInterface
public interface RunDoor {
  void tell(RunId run, RunCommand command);

  static RunDoor sharded(ActorSystem<?> system) {
    var sharding = ClusterSharding.get(system);
    return (run, command) -> sharding.entityRefFor(RunCommand.KEY, run.text()).tell(command);
  }
}
