package io.signalbox.runtime.retention;

import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.runtime.audit.Ledger;
import io.signalbox.runtime.blob.BlobSettings;
import io.signalbox.runtime.blob.Unreferenced;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * Deletes in time what need not be kept: asks ended runs that have outlived their rule to delete
 * themselves, one after the other, purges the journals of deleted runs, and collects values that
 * nothing refers to, and thins out checkpoints. One runs on every node; doing a thing twice does no
 * harm.
 */
public final class Housekeeper {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PURGE_EVERY = Duration.ofSeconds(2);
  private static final Duration THIN_EVERY = Duration.ofMinutes(10);

  /** What the housekeeper tells itself. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Found(List<Outlived.Run> runs) implements Command {}

  private record Next() implements Command {}

  private record PurgeSome() implements Command {}

  private record Purged(int rows) implements Command {}

  private record Collect() implements Command {}

  private record Collected(int values) implements Command {}

  private record Thin() implements Command {}

  private record Thinned() implements Command {}

  private record Failed(Command again, Duration pause, Throwable why) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Database database;
  private final RetentionSettings settings;
  private final BlobSettings blobs;
  private final Ledger ledger;
  private final Deque<Outlived.Run> waiting = new ArrayDeque<>();
  private boolean full;

  private Housekeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Database database,
      RetentionSettings settings,
      BlobSettings blobs,
      Ledger ledger) {
    this.context = context;
    this.timers = timers;
    this.database = database;
    this.settings = settings;
    this.blobs = blobs;
    this.ledger = ledger;
    later(new Thin(), THIN_EVERY);
    later(new PurgeSome(), PURGE_EVERY);
    later(new Collect(), blobs.collectEvery());
    if (!settings.rules().isEmpty()) {
      later(new Look(), settings.checkEvery());
    }
  }

  public static Behavior<Command> create(
      Database database, RetentionSettings settings, BlobSettings blobs, Ledger ledger) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.receive(Command.class)
                        .onAnyMessage(
                            new Housekeeper(context, timers, database, settings, blobs, ledger)::on)
                        .build()));
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case Look look -> {
        if (waiting.isEmpty()) {
          pipe(look, settings.checkEvery(), c -> new Found(Outlived.find(c, settings)));
        }
      }
      case Found found -> {
        waiting.addAll(found.runs());
        full = found.runs().size() >= settings.batch();
        next();
      }
      case Next _ -> next();
      case PurgeSome some ->
          pipe(some, PURGE_EVERY, c -> new Purged(Purge.some(c, settings.batch())));
      case Purged purged ->
          later(new PurgeSome(), purged.rows() < settings.batch() ? PURGE_EVERY : Duration.ZERO);
      case Collect collect ->
          pipe(collect, blobs.collectEvery(), c -> new Collected(Unreferenced.collect(c, blobs)));
      case Collected collected ->
          later(
              new Collect(),
              collected.values() < blobs.batch() ? blobs.collectEvery() : Duration.ZERO);
      case Thin thin ->
          pipe(
              thin,
              THIN_EVERY,
              c -> {
                ledger.thin(c);
                return new Thinned();
              });
      case Thinned _ -> later(new Thin(), THIN_EVERY);
      case Failed failed -> {
        context.getLog().warn("housekeeping is tried again: {}", failed.why().toString());
        later(failed.again(), failed.pause());
      }
    }
    return Behaviors.same();
  }

  /** The next run is asked once the one before has answered; what fails is found again. */
  private void next() {
    Optional<Outlived.Run> one = Optional.ofNullable(waiting.poll());
    if (one.isEmpty()) {
      // the views need a moment to forget the last ones
      later(new Look(), full ? PURGE_EVERY : settings.checkEvery());
      return;
    }
    context.pipeToSelf(
        ClusterSharding.get(context.getSystem())
            .entityRefFor(RunCommand.KEY, one.get().run().text())
            .<RunReply>ask(
                to ->
                    new RunCommand.Control(
                        RunCommand.Verb.DELETE,
                        "system:retention",
                        Optional.of(one.get().reason()),
                        Optional.empty(),
                        to),
                PATIENCE),
        (_, _) -> new Next());
  }

  private void pipe(Command again, Duration pause, Database.Work<Command> work) {
    context.pipeToSelf(
        database.call(work),
        (done, failure) -> failure == null ? done : new Failed(again, pause, failure));
  }

  private void later(Command command, Duration pause) {
    timers.startSingleTimer(command.getClass(), command, pause);
  }
}
