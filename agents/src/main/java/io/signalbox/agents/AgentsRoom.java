package io.signalbox.agents;

import io.signalbox.agents.guard.watch.Watch;
import io.signalbox.agents.hands.AtOnce;
import io.signalbox.agents.hands.CheckedDoor;
import io.signalbox.agents.hands.Hands;
import io.signalbox.agents.hands.HandsSettings;
import io.signalbox.agents.hands.RunDoor;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.fuse.Fuses;
import io.signalbox.agents.hands.mcp.McpDesk;
import io.signalbox.agents.hands.mcp.McpServers;
import io.signalbox.agents.hands.mcp.McpWatch;
import io.signalbox.agents.hands.mcp.SessionDoor;
import io.signalbox.agents.hands.quota.Accounts;
import io.signalbox.agents.hands.quota.CurbsDoor;
import io.signalbox.agents.hands.quota.QuotaDoor;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.agents.model.Models;
import io.signalbox.agents.notify.Courier;
import io.signalbox.agents.session.ModelAccounts;
import io.signalbox.agents.session.SessionEntity;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.guard.Pseudonyms;
import io.signalbox.protocol.mcp.McpOrder;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.tool.ToolHealth;
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
   * @param atOnce carries out on the spot what takes but a moment
   * @param hands carries out all other calls
   * @param builtins tools that are there without being put
   * @param mcp asks servers of the Model Context Protocol what changes nothing
   * @param processes kinds of process that the operator allows workflows to start
   * @param tools how tools fare on this node
   */
  public record Doors(
      AtOnce atOnce,
      ActorRef<Perform> hands,
      ActorRef<McpOrder> mcp,
      List<ToolDefinition> builtins,
      Set<String> processes,
      ToolHealth.Board tools) {
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
                    () -> new Wire(settings.hands().web(), settings.hands().egress(), clock),
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
   * @param curbs what holds a tenant's model calls back
   * @param pseudonyms what hidden values are kept under
   */
  public static Doors start(
      ActorSystem<?> system,
      AgentsSettings settings,
      Blobs blobs,
      CurbsDoor curbs,
      Pseudonyms pseudonyms) {
    Watch watch = Watch.of(settings.guard(), new Egress(settings.hands().egress()), pseudonyms);
    ClusterSharding sharding = ClusterSharding.get(system);
    Models models = Models.of(settings.models(), settings.hands().egress());
    Accounts accounts =
        new Accounts(QuotaDoor.sharded(system), settings.quota(), InstantSource.system());
    ModelAccounts payers =
        new ModelAccounts(
            curbs,
            accounts,
            settings.models().prices(),
            settings.estimate(),
            settings.sessions().modelTimeout(),
            InstantSource.system());
    RunDoor runs = CheckedDoor.before(RunDoor.sharded(system), blobs);
    sharding.init(
        Entity.of(
                SessionCommand.KEY,
                entity ->
                    SessionEntity.create(
                        SessionId.parse(entity.getEntityId()),
                        settings.sessions(),
                        models,
                        payers,
                        runs,
                        watch,
                        blobs,
                        entity.getShard()))
            // sessions leave memory by themselves: only they know whether a model call is under way
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
    McpServers servers = servers(settings, SessionDoor.sharded(system));
    ActorRef<McpOrder> mcp =
        system.systemActorOf(McpDesk.create(servers), "signalbox-mcp", Props.empty());
    AtOnce atOnce = new AtOnce();
    Fuses fuses = new Fuses(settings.hands().fuse(), system.classicSystem().scheduler());
    ActorRef<Perform> hands =
        system.systemActorOf(
            Behaviors.supervise(
                    Hands.create(settings.hands(), servers, runs, accounts, watch, fuses, atOnce))
                .onFailure(SupervisorStrategy.restart()),
            "signalbox-hands",
            Props.empty());
    return new Doors(
        atOnce,
        hands,
        mcp,
        Hands.builtins(settings.hands()),
        settings.hands().processes().kinds(),
        fuses);
  }

  /** Looks after the servers of the Model Context Protocol that the catalog names, on one node. */
  public static void watch(
      ActorSystem<?> system, AgentsSettings settings, ActorRef<CatalogCommand> catalog) {
    McpWatch.start(
        system, settings.hands().mcp(), () -> servers(settings, SessionDoor.closed()), catalog);
  }

  private static McpServers servers(AgentsSettings settings, SessionDoor sessions) {
    HandsSettings hands = settings.hands();
    return McpServers.open(
        hands.mcp(), hands.secrets(), hands.tokens(), hands.web(), hands.egress(), sessions);
  }
}
