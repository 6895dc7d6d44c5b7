package io.signalbox.runtime;

import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.audit.Archive;
import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.GateCommand;
import io.signalbox.protocol.audit.GateId;
import io.signalbox.protocol.audit.Trail;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.guard.Pseudonyms;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.notify.LinkCommand;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.quota.QuotaCommand;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.runtime.access.AccessActor;
import io.signalbox.runtime.audit.GateEntity;
import io.signalbox.runtime.audit.Ledger;
import io.signalbox.runtime.audit.Records;
import io.signalbox.runtime.blob.BlobStore;
import io.signalbox.runtime.catalog.Catalog;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.definition.Allowed;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.event.EventRouter;
import io.signalbox.runtime.expression.Expressions;
import io.signalbox.runtime.guard.PseudonymTable;
import io.signalbox.runtime.lifecycle.LifecyclePublisher;
import io.signalbox.runtime.notify.Notifier;
import io.signalbox.runtime.quota.QuotaEntity;
import io.signalbox.runtime.retention.Housekeeper;
import io.signalbox.runtime.run.Interpreter;
import io.signalbox.runtime.run.RunEntity;
import io.signalbox.runtime.run.RunParts;
import io.signalbox.runtime.schedule.Scheduler;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.storage.RunTurns;
import io.signalbox.runtime.tokens.Tokens;
import io.signalbox.runtime.view.JournalReader;
import io.signalbox.runtime.view.ViewActor;
import io.signalbox.runtime.wake.Waker;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Opens the runtime room on a node. */
public final class RuntimeRoom {
  private RuntimeRoom() {}

  /**
   * The ways into the room.
   *
   * @param curbs what holds a tenant's calls back, as this node knows it
   */
  public record Doors(
      ActorRef<CatalogCommand> catalog,
      ActorRef<EventCommand> events,
      ActorRef<ViewQuery> views,
      ActorRef<AccessCommand> access,
      Archive audit,
      Function<String, CompletionStage<Curbs>> curbs) {}

  /** Where this node keeps large values; needs nothing but the database. */
  public static Blobs blobs(Database database, RuntimeSettings settings) {
    return new BlobStore(database, settings.blobs());
  }

  /** What pseudonyms stand for, in the database. */
  public static Pseudonyms pseudonyms(Database database) {
    return new PseudonymTable(database);
  }

  /**
   * Starts everything the room consists of; the database is migrated already.
   *
   * @param builtins tools that are there without being put
   * @param processes kinds of process that {@code run} may start
   * @param atOnce carries out what takes but a moment, absent for all else
   * @param hands who carries out calls to the outside
   * @param blobs where large values are kept
   * @param administrator the key that may do everything, where there is one
   */
  public static Doors start(
      ActorSystem<?> system,
      Database database,
      RuntimeSettings settings,
      List<ToolDefinition> builtins,
      Set<String> processes,
      Function<Perform, Optional<Outcome>> atOnce,
      ActorRef<Perform> hands,
      Blobs blobs,
      Optional<AccessActor.Administrator> administrator) {
    InstantSource clock = InstantSource.system();
    Expressions.bound(settings.expressions());
    Catalog catalog =
        Catalog.open(
            database,
            builtins,
            new DefinitionReader(
                settings.definitions(),
                settings.schemas().load(),
                new Allowed(Optional.of(processes), settings.catalogs())));
    ActorRef<CatalogCommand> desk = spawn(system, catalog.actor(), "catalog");
    ActorRef<EventCommand> events =
        spawn(
            system,
            EventRouter.create(database, catalog.definitions(), blobs, clock, settings.events()),
            "events");
    RunParts parts =
        new RunParts(
            new Interpreter(settings.bounds()),
            catalog.definitions(),
            catalog.rulebooks(),
            atOnce,
            hands,
            events,
            blobs,
            clock,
            new RunTurns(database),
            settings.runs());
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    RunCommand.KEY,
                    context -> RunEntity.create(context.getEntityId(), parts, context.getShard()))
                .withStopMessage(RunEntity.stop())
                .withSettings(byThemselves(system)));
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    QuotaCommand.KEY,
                    context ->
                        QuotaEntity.create(
                            context.getEntityId(),
                            catalog.rulebooks(),
                            settings.quota(),
                            clock,
                            context.getShard()))
                .withStopMessage(QuotaEntity.stop())
                .withSettings(byThemselves(system)));
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    GateCommand.KEY,
                    context ->
                        GateEntity.create(
                            GateId.parse(context.getEntityId()),
                            clock,
                            settings.audit().gates(),
                            context.getShard()))
                .withStopMessage(GateEntity.stop())
                .withSettings(byThemselves(system)));
    Ledger ledger = new Ledger(settings.audit(), clock);
    Trail trail = Trail.of(system);
    spawn(
        system,
        JournalReader.create(
            database, settings.views(), ledger, what -> trail.tell(tampered(what))),
        "journal-reader");
    spawn(
        system,
        Housekeeper.create(database, settings.retention(), settings.blobs(), ledger),
        "housekeeper");
    Waker.start(system, database, settings.views());
    spawn(system, Scheduler.create(database, settings.schedules()), "scheduler");
    spawn(system, LifecyclePublisher.create(database, settings.lifecycle()), "lifecycle-events");
    return new Doors(
        desk,
        events,
        spawn(system, ViewActor.create(database, settings.views()), "views"),
        spawn(
            system,
            AccessActor.create(
                database,
                administrator,
                Optional.of(catalog.rulebooks()),
                Optional.of(new Tokens(settings.tokens(), clock)),
                new SecureRandom(),
                clock),
            "access"),
        new Records(database, settings.audit()),
        tenant -> catalog.rulebooks().load(tenant).thenApply(Rulebook::curbs));
  }

  /**
   * Starts telling people what they are asked, which needs the room to be open.
   *
   * @param courier who brings the messages
   * @return the keeper of the links in them
   */
  public static ActorRef<LinkCommand> notifier(
      ActorSystem<?> system,
      Database database,
      RuntimeSettings settings,
      ActorRef<Errand> courier) {
    return spawn(
        system,
        Notifier.create(database, settings.notifications(), InstantSource.system(), courier),
        "notifier");
  }

  /** Somebody wrote into the journal behind the gateway's back. */
  private static AuditNote tampered(String what) {
    return AuditNote.failed(AuditNote.NOBODY, "system:ledger", "journal.check", "journal", what);
  }

  /** Entities leave memory by themselves: never while a call of theirs is in flight. */
  private static ClusterShardingSettings byThemselves(ActorSystem<?> system) {
    return ClusterShardingSettings.create(system)
        .withPassivationStrategy(
            ClusterShardingSettings.PassivationStrategySettings$.MODULE$.disabled());
  }

  private static <T> ActorRef<T> spawn(ActorSystem<?> system, Behavior<T> behavior, String name) {
    return system.systemActorOf(
        Behaviors.supervise(behavior).onFailure(Exception.class, SupervisorStrategy.restart()),
        "signalbox-" + name,
        Props.empty());
  }
}
