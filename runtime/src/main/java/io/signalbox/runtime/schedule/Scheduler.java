package io.signalbox.runtime.schedule;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * Starts what is due. Every node has one; a row's lock and lease let one at a time fire it, and the
 * run's id, which follows from definition and moment, makes firing twice harmless. A moment that
 * passed while nobody was there is fired once, however many passed.
 */
public final class Scheduler {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What the scheduler tells itself. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Due(List<Firing> firings) implements Command {}

  private record Begun(Firing firing) implements Command {}

  private record Noted() implements Command {}

  private record Failed(String what, String why) implements Command {}

  private final ActorContext<Command> context;
  private final Database database;
  private final ScheduleSettings settings;
  private final ClusterSharding sharding;
  private boolean looking;

  private Scheduler(ActorContext<Command> context, Database database, ScheduleSettings settings) {
    this.context = context;
    this.database = database;
    this.settings = settings;
    this.sharding = ClusterSharding.get(context.getSystem());
  }

  /** A node's scheduler; the sharding of runs must have been initialised before. */
  public static Behavior<Command> create(Database database, ScheduleSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Look(), settings.interval());
                  Scheduler scheduler = new Scheduler(context, database, settings);
                  return Behaviors.receive(Command.class).onAnyMessage(scheduler::on).build();
                }));
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case Look _ -> look();
      case Due due -> {
        looking = false;
        due.firings().forEach(this::fire);
      }
      case Begun begun -> noted(begun.firing());
      case Noted _ -> {}
      case Failed failed -> {
        looking = false;
        context.getLog().warn("{}: {}", failed.what(), failed.why());
      }
    }
    return Behaviors.same();
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    context.pipeToSelf(
        database.call(c -> ScheduleRows.claim(c, settings)),
        (due, failure) ->
            failure == null
                ? new Due(due)
                : new Failed("schedules are out of reach", failure.toString()));
  }

  /**
   * Without an answer the lease runs out and the same run is started again, by whoever is there.
   */
  private void fire(Firing firing) {
    context.pipeToSelf(
        sharding
            .entityRefFor(RunCommand.KEY, firing.run().text())
            .<RunReply>ask(to -> new RunCommand.Start(firing.order(), to), PATIENCE),
        (reply, failure) -> {
          if (failure != null) {
            return new Failed(what(firing), failure.toString());
          }
          return reply instanceof RunReply.Refused(Refusal why)
                  && !(why instanceof Refusal.Conflict)
              ? refused(firing, why)
              : new Begun(firing);
        });
  }

  private Command refused(Firing firing, Refusal why) {
    if (why instanceof Refusal.TooBusy) {
      return new Failed(what(firing), why.toString());
    }
    context.getLog().error("{} will not start: {}", what(firing), why);
    return new Begun(firing);
  }

  private static String what(Firing firing) {
    return "%s/%s due at %s"
        .formatted(firing.workflow().namespace(), firing.workflow().name(), firing.due());
  }

  private void noted(Firing firing) {
    context.pipeToSelf(
        database.call(
            c -> {
              ScheduleRows.fired(c, firing);
              return true;
            }),
        (_, failure) ->
            failure == null ? new Noted() : new Failed(what(firing), failure.toString()));
  }
}
