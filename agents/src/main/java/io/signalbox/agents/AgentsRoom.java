package io.signalbox.agents;

import io.signalbox.agents.model.Models;
import io.signalbox.agents.session.RunDoor;
import io.signalbox.agents.session.SessionEntity;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.run.RunCommand;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Opens the room: agents' sessions, and the hands that carry out calls to the outside. */
public final class AgentsRoom {
  private AgentsRoom() {}

  /** Starts the sharding of sessions on this node. */
  public static void start(ActorSystem<?> system, AgentsSettings settings) {
    ClusterSharding sharding = ClusterSharding.get(system);
    Models models = Models.of(settings.models());
    RunDoor runs =
        (run, command) -> sharding.entityRefFor(RunCommand.KEY, run.text()).tell(command);
    sharding.init(
        Entity.of(
                SessionCommand.KEY,
                entity ->
                    SessionEntity.create(
                        SessionId.parse(entity.getEntityId()),
                        settings.sessions(),
                        models,
                        runs,
                        entity.getShard()))
            // sessions leave memory by themselves: only they know whether a model call is under way
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
  }
}
