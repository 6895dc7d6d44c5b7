package io.signalbox.runtime.view;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.protocol.view.ViewQuery.Reply;
import io.signalbox.runtime.storage.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Answers what the views are asked. Reads happen beside the actor, a bounded number at once; one
 * more, or a database that is away, is answered "too busy" at once.
 */
public final class ViewActor {
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int MOST_EVENTS = 1_000;
  private static final long MOST_BEHIND = 100_000;

  private final ActorContext<ViewQuery> context;
  private final Database database;
  private final ViewSettings settings;
  private final Semaphore places;

  private ViewActor(ActorContext<ViewQuery> context, Database database, ViewSettings settings) {
    this.context = context;
    this.database = database;
    this.settings = settings;
    this.places = new Semaphore(settings.queriesAtOnce());
  }

  public static Behavior<ViewQuery> create(Database database, ViewSettings settings) {
    return Behaviors.setup(
        context -> {
          ViewActor actor = new ViewActor(context, database, settings);
          return Behaviors.receive(ViewQuery.class).onAnyMessage(actor::on).build();
        });
  }

  private Behavior<ViewQuery> on(ViewQuery query) {
    switch (query) {
      case ViewQuery.ListRuns it -> answer(it.replyTo(), c -> RunList.page(c, it));
      case ViewQuery.ListApprovals it -> answer(it.replyTo(), c -> ApprovalList.page(c, it));
      case ViewQuery.GetApproval it -> answer(it.replyTo(), c -> ApprovalList.one(c, it));
      case ViewQuery.ListSchedules it -> answer(it.replyTo(), c -> ScheduleList.page(c, it));
      case ViewQuery.Places it -> answer(it.replyTo(), c -> RunPlaces.of(c, it));
      case ViewQuery.History it -> answer(it.replyTo(), c -> history(c, it));
      case ViewQuery.Trace it -> answer(it.replyTo(), c -> trace(c, it.run()));
      // readiness must not depend on how many lists are being read
      case ViewQuery.Lag it -> read(it.replyTo(), ViewActor::lag, () -> {});
    }
    return Behaviors.same();
  }

  private void answer(ActorRef<Reply> replyTo, Database.Work<Reply> work) {
    if (!places.tryAcquire()) {
      replyTo.tell(busy("too many lists and histories are being read"));
      return;
    }
    read(replyTo, work, places::release);
  }

  private void read(ActorRef<Reply> replyTo, Database.Work<Reply> work, Runnable done) {
    var log = context.getLog();
    var _ =
        database
            .call(connection -> bounded(connection, work))
            .whenComplete(
                (reply, failure) -> {
                  done.run();
                  replyTo.tell(failure == null ? reply : refused(log, failure));
                });
  }

  private Reply bounded(Connection connection, Database.Work<Reply> work) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = " + settings.statementTimeout().toMillis());
    }
    return work.in(connection);
  }

  private static Reply refused(org.slf4j.Logger log, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BadQuery bad) {
      return new Reply.Refused(bad.refusal());
    }
    log.warn("cannot answer from the views: {}", String.valueOf(cause));
    return busy("the views cannot be read at the moment");
  }

  private static Reply busy(String why) {
    return new Reply.Refused(new Refusal.TooBusy(why, AGAIN));
  }

  private static Reply unknown(RunId run) {
    return new Reply.Refused(new Refusal.NotFound("there is no run " + run.id()));
  }

  private static Reply history(Connection connection, ViewQuery.History query) throws SQLException {
    RunJournal journal = new RunJournal(connection, query.run());
    long last = journal.last();
    if (last == 0) {
      return unknown(query.run());
    }
    int limit = Math.clamp(query.limit(), 1, MOST_EVENTS);
    RunJournal.Slice slice = journal.slice(last, Math.max(0, query.after()), limit);
    return new Reply.Events(slice.events(), slice.ended());
  }

  private Reply trace(Connection connection, RunId run) throws SQLException {
    int most = settings.traceRows();
    List<Turn> turns = new RunJournal(connection, run).turns(1, most + 1);
    if (turns.isEmpty()) {
      return unknown(run);
    }
    boolean cut = turns.size() > most;
    Trace trace = new Trace(run, cut ? turns.subList(0, most) : turns);
    for (Map.Entry<String, SessionId> message : trace.messages().entrySet()) {
      trace.tell(
          message.getKey(),
          RunJournal.exchange(connection, message.getValue(), message.getKey(), most));
    }
    return new Reply.Spans(trace.json(cut));
  }

  private static Reply lag(Connection connection) throws SQLException {
    return Rows.all(
            connection,
            """
            select o.fault, (select count(*) from (select 1 from event_journal j
                where (j.xid, j.ordering) > (o.xid, o.ordering) limit ?) as behind)
            from view_offset o where o.name = 'views'
            """,
            statement -> statement.setLong(1, MOST_BEHIND),
            row -> {
              String fault = row.getString(1);
              return fault == null
                  ? (Reply) new Reply.Behind(row.getLong(2))
                  : busy("the views stand still: " + fault);
            })
        .stream()
        .findFirst()
        .orElseGet(() -> busy("the views have lost their offset"));
  }
}
