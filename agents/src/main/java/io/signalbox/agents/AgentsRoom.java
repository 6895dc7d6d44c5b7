package io.signalbox.agents;

import io.signalbox.agents.guard.watch.Watch;
import io.signalbox.agents.hands.CheckedDoor;
import io.signalbox.agents.hands.Hands;
import io.signalbox.agents.hands.RunDoor;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.agents.model.Models;
import io.signalbox.agents.notify.Courier;
import io.signalbox.agents.session.SessionEntity;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.guard.Pseudonyms;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Opens the room: agents' sessions, and the hands that carry out calls to the outside. */
public final class AgentsRoom {
  private AgentsRoom() {}

  /**
   * The ways into the room; sessions are found by sharding.
   *
   * @param hands carries out calls to the outside
   * @param builtins tools that are there without being put
   * @param processes kinds of process that the operator allows workflows to start
   */
  public record Doors(
      ActorRef<Perform> hands, List<ToolDefinition> builtins, Set<String> processes) {
    public Doors {
      builtins = List.copyOf(builtins);
      processes = Set.copyOf(processes);
    }
  }

  /** Starts who brings messages to people from this node. */
  public static ActorRef<Errand> courier(ActorSystem<?> system, AgentsSettings settings) {
    InstantSource clock = InstantSource.system();
    return system.systemActorOf(
        Behaviors.supervise(
                Courier.create(
                    settings.courier(),
                    () -> new Wire(settings.hands().web(), clock),
                    new Vault(settings.hands().secrets(), clock),
                    clock))
            .onFailure(SupervisorStrategy.restart()),
        "signalbox-courier",
        Props.empty());
  }

  /**
   * Starts the sharding of sessions and the hands on this node.
   *
   * @param blobs where large values are kept
   * @param pseudonyms what hidden values are kept under
   */
  public static Doors start(
      ActorSystem<?> system, AgentsSettings settings, Blobs blobs, Pseudonyms pseudonyms) {
    Watch watch = Watch.of(settings.guard(), pseudonyms);
    ClusterSharding sharding = ClusterSharding.get(system);
    Models models = Models.of(settings.models());
    RunDoor runs = CheckedDoor.before(RunDoor.sharded(system), blobs);
    sharding.init(
        Entity.of(
                SessionCommand.KEY,
                entity ->
                    SessionEntity.create(
                        SessionId.parse(entity.getEntityId()),
                        settings.sessions(),
                        models,
                        runs,
                        watch,
                        blobs,
                        entity.getShard()))
            // sessions leave memory by themselves: only they know whether a model call is under way
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
    ActorRef<Perform> hands =
        system.systemActorOf(
            Behaviors.supervise(Hands.create(settings.hands(), runs, watch))
                .onFailure(SupervisorStrategy.restart()),
            "signalbox-hands",
            Props.empty());
    return new Doors(hands, Hands.builtins(settings.hands()), settings.hands().processes().kinds());
  }
}
