package io.signalbox.runtime.event;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * Keeps every published event once, together with its deliveries, before it says so; then delivers
 * until each run has taken it. Each node has one; they share the tables.
 */
public final class EventRouter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final ActorContext<Object> context;
  private final Database database;
  private final Definitions definitions;
  private final Blobs blobs;
  private final Routing routing;
  private final InstantSource clock;
  private final ClusterSharding sharding;

  /** Time to look for deliveries that were not taken. */
  private record Look() {}

  private record Found(List<Delivery> deliveries) {}

  private record Committed(
      int fresh, List<Delivery> deliveries, ActorRef<EventCommand.Reply> replyTo) {}

  private record Failed(String what, Throwable why, ActorRef<EventCommand.Reply> replyTo) {}

  private record Kept(ActorRef<EventCommand.Reply> replyTo) {}

  private record Taken(Delivery delivery) {}

  private record NotTaken(Delivery delivery) {}

  private record Settled(String what, Throwable why) {}

  private record Nothing() {}

  private EventRouter(
      ActorContext<Object> context,
      Database database,
      Definitions definitions,
      Blobs blobs,
      InstantSource clock) {
    this.blobs = blobs;
    this.context = context;
    this.database = database;
    this.definitions = definitions;
    this.routing = new Routing();
    this.clock = clock;
    this.sharding = ClusterSharding.get(context.getSystem());
  }

  public static Behavior<EventCommand> create(
      Database database, Definitions definitions, Blobs blobs, InstantSource clock) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(new Look(), LOOK);
                      return new EventRouter(context, database, definitions, blobs, clock)
                          .behavior();
                    }))
        .narrow();
  }

  private Behavior<Object> behavior() {
    return Behaviors.receiveMessage(
        message -> {
          switch (message) {
            case EventCommand.Publish p -> publish(p);
            case EventCommand.Subscribe s ->
                pipe(
                    database.call(
                        c -> {
                          Subscriptions.subscribe(c, s.run(), s.subscription(), s.filter());
                          return true;
                        }),
                    s.replyTo());
            case EventCommand.Unsubscribe u -> unsubscribe(u);
            case Committed k -> {
              k.replyTo().tell(new EventCommand.Reply.Accepted(k.fresh()));
              k.deliveries().forEach(this::deliver);
            }
            case Kept k -> k.replyTo().tell(new EventCommand.Reply.Accepted(1));
            case Failed f -> {
              context.getLog().warn("{}: {}", f.what(), f.why().toString());
              f.replyTo()
                  .tell(
                      new EventCommand.Reply.Refused(
                          new Refusal.TooBusy(
                              "the database does not take events now", Duration.ofSeconds(2))));
            }
            case Look _ -> look();
            case Found f -> f.deliveries().forEach(this::deliver);
            case Starting s -> start(s);
            case Taken t -> taken(t.delivery());
            case NotTaken n -> context.getLog().debug("not taken yet: {}", n.delivery());
            case Settled s -> context.getLog().debug("{}: {}", s.what(), s.why().toString());
            default -> context.getLog().trace("done {}", message);
          }
          return Behaviors.same();
        });
  }

  private void publish(EventCommand.Publish p) {
    CompletionStage<Routing.Routed> routed =
        definitions
            .scheduledOnEvents(p.tenant())
            .thenCompose(
                (List<Definition> scheduled) ->
                    database.call(
                        c ->
                            routing.publish(
                                c, p.tenant(), p.events(), scheduled, clock.instant())));
    context.pipeToSelf(
        routed,
        (r, failure) ->
            failure == null
                ? new Committed(r.fresh(), r.deliveries(), p.replyTo())
                : new Failed("events were not kept", failure, p.replyTo()));
  }

  private void pipe(CompletionStage<Boolean> work, ActorRef<EventCommand.Reply> replyTo) {
    context.pipeToSelf(
        work,
        (_, failure) ->
            failure == null
                ? new Kept(replyTo)
                : new Failed("a subscription was not kept", failure, replyTo));
  }

  private void unsubscribe(EventCommand.Unsubscribe u) {
    context.pipeToSelf(
        database.call(
            c -> {
              Subscriptions.unsubscribe(c, u.run(), u.subscription());
              return true;
            }),
        (_, failure) ->
            failure == null
                ? new Nothing()
                : new Settled("a subscription stays until the journal's reader drops it", failure));
  }

  private void look() {
    context.pipeToSelf(
        database.call(c -> routing.due(c, clock.instant())),
        (found, failure) ->
            failure == null ? new Found(found) : new Settled("deliveries out of reach", failure));
  }

  /** Asks the run to take the event; without an answer the delivery stays and is tried again. */
  private void deliver(Delivery d) {
    if (d.starts()) {
      context.pipeToSelf(
          definitions.byDigest(d.run().tenant(), d.target()),
          (definition, failure) ->
              failure == null ? new Starting(d, definition) : new Settled("no start", failure));
      return;
    }
    ask(d, (event, replyTo) -> new RunCommand.Deliver(d.target(), event, replyTo));
  }

  private record Starting(Delivery delivery, Definition definition) {}

  /** A large event is kept before it is sent on. */
  private void ask(Delivery d, BiFunction<CloudEvent, ActorRef<RunReply>, RunCommand> command) {
    context.pipeToSelf(
        blobs
            .checkIn(d.run().tenant(), d.event())
            .thenCompose(
                light ->
                    sharding
                        .entityRefFor(RunCommand.KEY, d.run().text())
                        .<RunReply>ask(to -> command.apply(light, to), PATIENCE)),
        (reply, failure) -> failure == null && !busy(reply) ? new Taken(d) : new NotTaken(d));
  }

  private static boolean busy(RunReply reply) {
    return reply instanceof RunReply.Refused(Refusal.TooBusy _);
  }

  private void start(Starting s) {
    ask(
        s.delivery(),
        (event, replyTo) ->
            new RunCommand.Start(
                new StartRun(
                    s.definition().ref(),
                    s.definition().digest(),
                    event.json(),
                    Map.of("event", s.delivery().event().id()),
                    "event:" + s.delivery().event().source(),
                    false),
                replyTo));
  }

  private void taken(Delivery d) {
    context.pipeToSelf(
        database.call(
            c -> {
              routing.taken(c, d);
              return true;
            }),
        (_, failure) ->
            failure == null ? new Nothing() : new Settled("a delivery is tried again", failure));
  }
}
