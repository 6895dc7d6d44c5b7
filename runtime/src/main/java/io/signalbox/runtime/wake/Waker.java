package io.signalbox.runtime.wake;

import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.view.Backoff;
import io.signalbox.runtime.view.ViewSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * The one mechanism for timers, crash recovery and lost messages: pings what is due, and everything
 * active at its own start and when a node is lost.
 */
public final class Waker {
  /** What the waker is told. */
  public sealed interface Command {}

  /** Ping everything that is active as of now: somebody may have lost what was in memory. */
  public record SweepAll() implements Command {}

  private record Look() implements Command {}

  private record Due(List<Ping> pings) implements Command {}

  private record LookFailed(Throwable why) implements Command {}

  private record Swept(int sweep, Sweep.Step step) implements Command {}

  private record SweepOn(int sweep, Sweep next) implements Command {}

  private record SweepFailed(int sweep, Sweep again, Throwable why) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Database database;
  private final ViewSettings.Waker settings;
  private final WakeRows rows;
  private final Consumer<Ping> entities;
  private final Backoff backoff;
  private int failures;
  private int sweeps;

  private Waker(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Database database,
      ViewSettings settings,
      Consumer<Ping> entities) {
    this.context = context;
    this.timers = timers;
    this.database = database;
    this.settings = settings.waker();
    this.rows = new WakeRows(settings);
    this.entities = entities;
    this.backoff = new Backoff(settings.retryShortest(), settings.retryLongest());
  }

  /** The cluster's one waker; the entities' sharding must have been initialised before. */
  public static ActorRef<Command> start(
      ActorSystem<?> system, Database database, ViewSettings settings) {
    Behavior<Command> waker =
        Behaviors.setup(
            context -> {
              ActorRef<MemberRemoved> lost =
                  context.messageAdapter(MemberRemoved.class, _ -> new SweepAll());
              Cluster.get(context.getSystem())
                  .subscriptions()
                  .tell(Subscribe.create(lost, MemberRemoved.class));
              return create(database, settings, shards(ClusterSharding.get(context.getSystem())));
            });
    SupervisorStrategy restart =
        SupervisorStrategy.restartWithBackoff(
            settings.retryShortest(), settings.retryLongest(), 0.2);
    return ClusterSingleton.get(system)
        .init(SingletonActor.of(Behaviors.supervise(waker).onFailure(restart), "waker"));
  }

  private static Consumer<Ping> shards(ClusterSharding sharding) {
    return ping -> {
      if (ping.kind().equals("run")) {
        sharding
            .entityRefFor(RunCommand.KEY, ping.entityId())
            .tell(new RunCommand.Wake(ping.seenAt()));
      } else {
        sharding
            .entityRefFor(SessionCommand.KEY, ping.entityId())
            .tell(new SessionCommand.Wake(ping.seenAt()));
      }
    };
  }

  /** A waker that pings through {@code entities}, which must not block. */
  public static Behavior<Command> create(
      Database database, ViewSettings settings, Consumer<Ping> entities) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Waker(context, timers, database, settings, entities).begin()));
  }

  private Behavior<Command> begin() {
    sweepAll();
    look();
    return Behaviors.receive(Command.class).onAnyMessage(this::on).build();
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case SweepAll _ -> sweepAll();
      case Look _ -> look();
      case Due due -> {
        failures = 0;
        due.pings().forEach(entities);
        boolean full = due.pings().size() == settings.batch();
        timers.startSingleTimer(new Look(), full ? settings.sweepPace() : settings.interval());
      }
      case LookFailed failed -> {
        failures++;
        context.getLog().warn("cannot see what is due, trying again: {}", failed.why().toString());
        timers.startSingleTimer(new Look(), backoff.after(failures));
      }
      case SweepOn it when it.sweep() == sweeps -> go(it.next());
      case Swept it when it.sweep() == sweeps -> swept(it.step());
      case SweepFailed it when it.sweep() == sweeps -> {
        context.getLog().warn("cannot ping what is active, trying again: {}", it.why().toString());
        on(it.again(), settings.interval());
      }
      case SweepOn _, Swept _, SweepFailed _ -> {} // of a sweep that a newer one has replaced
    }
    return Behaviors.same();
  }

  private void look() {
    context.pipeToSelf(
        database.call(rows::due),
        (due, failure) -> failure == null ? new Due(due) : new LookFailed(failure));
  }

  private void sweepAll() {
    sweeps++;
    go(new Sweep.Begin());
  }

  private void swept(Sweep.Step step) {
    step.pings().forEach(entities);
    step.next().ifPresent(next -> on(next, settings.sweepPace()));
  }

  private void on(Sweep next, Duration delay) {
    timers.startSingleTimer("sweep", new SweepOn(sweeps, next), delay);
  }

  private void go(Sweep sweep) {
    int number = sweeps;
    context.pipeToSelf(
        database.call(connection -> sweep.step(connection, rows, settings)),
        (step, failure) ->
            failure == null ? new Swept(number, step) : new SweepFailed(number, sweep, failure));
  }
}
