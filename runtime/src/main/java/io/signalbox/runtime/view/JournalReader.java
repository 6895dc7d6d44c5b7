package io.signalbox.runtime.view;

import io.signalbox.runtime.audit.Ledger;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.storage.RecentRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps the views up with the journal, and seals it. One runs on every node; the lock on the
 * offset's row lets one at a time read, and passes on by itself when a node dies.
 */
public final class JournalReader {
  /** What the reader tells itself. */
  public sealed interface Command {}

  private record Poll() implements Command {}

  private record Read(JournalBatch.Done done) implements Command {}

  private record Failed(Throwable why) implements Command {}

  private record Noted() implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Database database;
  private final ViewSettings settings;
  private final JournalBatch batch;
  private final Backoff backoff;
  private final Consumer<String> alarm;
  private int failures;
  private long began;

  private JournalReader(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Database database,
      ViewSettings settings,
      Ledger ledger,
      Consumer<String> alarm) {
    this.context = context;
    this.timers = timers;
    this.database = database;
    this.settings = settings;
    this.batch =
        new JournalBatch(settings, ledger, RecentRows.of(Adapter.toClassic(context.getSystem())));
    this.alarm = alarm;
    this.backoff = new Backoff(settings.retryShortest(), settings.retryLongest());
  }

  /**
   * A reader of this database's journal.
   *
   * @param alarm is told, in words, of rows that are not what was written
   */
  public static Behavior<Command> create(
      Database database, ViewSettings settings, Ledger ledger, Consumer<String> alarm) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new JournalReader(context, timers, database, settings, ledger, alarm).begin()));
  }

  private Behavior<Command> begin() {
    poll();
    return Behaviors.receive(Command.class).onAnyMessage(this::on).build();
  }

  private Behavior<Command> on(Command command) {
    switch (command) {
      case Poll _ -> poll();
      case Read read -> {
        if (failures > 0) {
          context.getLog().info("reading the journal again after {} failures", failures);
          failures = 0;
        }
        read.done().broken().forEach(this::alarm);
        if (read.done().rows() == settings.batch()) {
          poll();
        } else {
          later(settings.pauseAfter(Duration.ofNanos(System.nanoTime() - began)));
        }
      }
      case Failed failed -> failed(failed.why());
      case Noted _ -> {}
    }
    return Behaviors.same();
  }

  private void poll() {
    began = System.nanoTime();
    context.pipeToSelf(
        database.call(batch::apply),
        (done, failure) -> failure == null ? new Read(done) : new Failed(cause(failure)));
  }

  private void alarm(String what) {
    context.getLog().error("the journal is not what was written: {}", what);
    alarm.accept(what);
  }

  private void failed(Throwable why) {
    failures++;
    if (why instanceof ViewFault fault) {
      context.getLog().error("the views stand still: {}", fault.getMessage(), fault);
      context.pipeToSelf(
          database.call(connection -> note(connection, fault)), (_, _) -> new Noted());
    } else {
      context.getLog().warn("cannot read the journal, trying again: {}", why.toString());
    }
    later(backoff.after(failures));
  }

  private void later(Duration delay) {
    timers.startSingleTimer(new Poll(), delay);
  }

  private static int note(Connection connection, ViewFault fault) throws SQLException {
    JournalTable.fault(connection, String.valueOf(fault.getMessage()));
    return 1;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
