package io.signalbox.runtime.lifecycle;

import io.signalbox.runtime.lifecycle.LifecycleSettings.Sink;
import io.signalbox.runtime.storage.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells each sink the lifecycle events of all runs, in the journal's order, at least once. Every
 * node has one; a lease lets one at a time tell a sink. An event that a sink does not take is tried
 * again, ever more rarely; after so many attempts it is kept in {@code lifecycle_dead_letter}, said
 * so in the log, and the next one's turn comes.
 */
public final class LifecyclePublisher {
  /** What the publisher tells itself. */
  public sealed interface Command {}

  private record Go(Sink sink) implements Command {}

  private record Came(Sink sink, Round.Result result) implements Command {}

  private record Failed(Sink sink, Throwable why) implements Command {}

  /** The event at which a sink is stuck. */
  private record Stuck(String event, int attempts, int skip) {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Database database;
  private final LifecycleSettings settings;
  private final Post post = new Post();
  private final String holder = UUID.randomUUID().toString();
  private final SplittableRandom chance = new SplittableRandom();
  private final Map<String, Stuck> stuck = new HashMap<>();

  private LifecyclePublisher(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Database database,
      LifecycleSettings settings) {
    this.context = context;
    this.timers = timers;
    this.database = database;
    this.settings = settings;
  }

  /** A node's publisher; without sinks it does nothing. */
  public static Behavior<Command> create(Database database, LifecycleSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new LifecyclePublisher(context, timers, database, settings).begin()));
  }

  private Behavior<Command> begin() {
    settings.sinks().forEach(this::go);
    return Behaviors.receive(Command.class)
        .onMessage(Command.class, this::on)
        .onSignal(PreRestart.class, _ -> stop())
        .onSignal(PostStop.class, _ -> stop())
        .build();
  }

  private Behavior<Command> stop() {
    post.close();
    return Behaviors.same();
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case Go it -> go(it.sink());
      case Came it -> came(it.sink(), it.result());
      case Failed it -> {
        // how far the row was told is no longer sure: rather twice than never
        stuck.remove(it.sink().name());
        context.getLog().warn("{} is told later: {}", it.sink(), it.why().toString());
        later(it.sink(), it.sink().longest());
      }
    }
    return Behaviors.same();
  }

  private void go(Sink sink) {
    Optional<Stuck> at = Optional.ofNullable(stuck.get(sink.name()));
    Round round =
        new Round(
            database,
            settings,
            sink,
            post,
            holder,
            at.map(Stuck::skip).orElse(0),
            at.filter(it -> it.attempts() + 1 >= sink.attempts()).map(Stuck::event));
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> blocking(round), database.threads()),
        (result, failure) -> failure == null ? new Came(sink, result) : new Failed(sink, failure));
  }

  private static Round.Result blocking(Round round) {
    try {
      return round.go();
    } catch (SQLException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private void came(Sink sink, Round.Result result) {
    switch (result) {
      case Round.Result.Told told -> {
        stuck.remove(sink.name());
        later(sink, told.more() ? Duration.ofMillis(1) : settings.interval());
      }
      case Round.Result.NotOurs _ -> {
        // whoever has it by now begins that row anew
        stuck.remove(sink.name());
        later(sink, settings.lease().dividedBy(2));
      }
      case Round.Result.Refused no when no.forGood() -> {
        context.getLog().error("{} is never told event {}: {}", sink, no.event().id(), no.why());
        stuck.put(sink.name(), new Stuck("", 0, no.skip()));
        later(sink, Duration.ofMillis(1));
      }
      case Round.Result.Refused no -> refused(sink, no);
    }
  }

  private void refused(Sink sink, Round.Result.Refused no) {
    Stuck before = stuck.get(sink.name());
    int attempts =
        before != null && before.event().equals(no.event().id()) ? before.attempts() + 1 : 1;
    stuck.put(sink.name(), new Stuck(no.event().id(), attempts, no.skip()));
    context
        .getLog()
        .warn("{} does not take event {} ({}): {}", sink, no.event().id(), attempts, no.why());
    Duration doubled = sink.shortest().multipliedBy(1L << Math.min(attempts - 1, 20));
    Duration pause = doubled.compareTo(sink.longest()) > 0 ? sink.longest() : doubled;
    later(sink, pause.plusMillis(chance.nextLong(pause.toMillis() / 4 + 1)));
  }

  private void later(Sink sink, Duration pause) {
    timers.startSingleTimer(sink.name(), new Go(sink), pause);
  }
}
