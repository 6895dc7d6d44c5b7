package io.signalbox.runtime.audit;

import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.Trail;
import io.signalbox.runtime.audit.LedgerBatch.Taken;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Makes a checkpoint of the journal again and again. One runs on every node; the lock on the
 * position's row lets one at a time do it, and passes on by itself when a node dies.
 */
public final class Ledger {
  private static final Duration THIN_EVERY = Duration.ofMinutes(10);

  /** What the ledger tells itself. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Done(Taken taken) implements Command {}

  private record Failed(Throwable why) implements Command {}

  private record Thin() implements Command {}

  private record Thinned() implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Database database;
  private final AuditSettings settings;
  private final LedgerBatch batch;
  private final Trail trail;

  private Ledger(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Database database,
      AuditSettings settings,
      InstantSource clock) {
    this.context = context;
    this.timers = timers;
    this.database = database;
    this.settings = settings;
    this.batch = new LedgerBatch(settings, clock);
    this.trail = Trail.of(context.getSystem());
    timers.startTimerWithFixedDelay(new Thin(), THIN_EVERY);
    look();
  }

  public static Behavior<Command> create(
      Database database, AuditSettings settings, InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.receive(Command.class)
                        .onAnyMessage(
                            new Ledger(context, timers, database, settings, clock)::on)
                        .build()));
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case Look _ -> look();
      case Done done -> {
        done.taken().broken().forEach(this::alarm);
        if (done.taken().rows() == settings.ledger().batch()) {
          look();
        } else {
          later(settings.ledger().interval());
        }
      }
      case Failed failed -> {
        context.getLog().warn("no checkpoint could be made: {}", failed.why().toString());
        later(settings.ledger().interval().multipliedBy(4));
      }
      case Thin _ ->
          context.pipeToSelf(
              database.call(
                  c ->
                      new LedgerTable(c)
                          .thin(settings.ledger().keepCheckpoints().toMillis())),
              (_, failure) -> failure == null ? new Thinned() : new Failed(failure));
      case Thinned _ -> {}
    }
    return Behaviors.same();
  }

  private void look() {
    context.pipeToSelf(
        database.call(batch::apply),
        (taken, failure) -> failure == null ? new Done(taken) : new Failed(failure));
  }

  private void later(Duration pause) {
    timers.startSingleTimer(new Look(), pause);
  }

  /** Somebody wrote into the journal behind the gateway's back. */
  private void alarm(String what) {
    context.getLog().error("the journal is not what was written: {}", what);
    trail.tell(
        AuditNote.failed(AuditNote.NOBODY, "system:ledger", "journal.check", "journal", what));
  }
}
