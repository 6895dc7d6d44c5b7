package io.signalbox.runtime.event;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.event.EventCommand.Reply;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.event.Publishing.Published;
import io.signalbox.runtime.event.Subscriptions.Wish;
import io.signalbox.runtime.storage.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** All that the router does with the database, off its own thread. */
final class EventTables {
  private final Database database;
  private final Definitions definitions;
  private final InstantSource clock;
  private final EventSettings settings;
  private final Scheduled.Reader schedules = new Scheduled.Reader();

  EventTables(
      Database database, Definitions definitions, InstantSource clock, EventSettings settings) {
    this.database = database;
    this.definitions = definitions;
    this.clock = clock;
    this.settings = settings;
  }

  /** What became of the next so many items of a batch, which share one transaction. */
  record Outcome<T>(int items, Optional<T> result, Optional<Throwable> failure) {
    static <T> Outcome<T> failed(int items, Throwable why) {
      return new Outcome<>(items, Optional.empty(), Optional.of(why));
    }
  }

  /** Work on a part of a batch, in a transaction of its own. */
  private interface Work<T, R> {
    R on(List<T> part) throws SQLException;
  }

  /** All in one transaction; when the data of one of them spoils it, each in its own. */
  private static <T, R> List<Outcome<R>> together(List<T> batch, Work<T, R> work) {
    try {
      return List.of(new Outcome<>(batch.size(), Optional.of(work.on(batch)), Optional.empty()));
    } catch (SQLException e) {
      if (batch.size() == 1 || !invalid(e)) {
        return List.of(Outcome.failed(batch.size(), e));
      }
      List<Outcome<R>> outcomes = new ArrayList<>();
      batch.forEach(item -> outcomes.addAll(together(List.of(item), work)));
      return outcomes;
    }
  }

  /** Whether it is the data that is wrong, and not the database that is in trouble. */
  static boolean invalid(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof SQLException e
        && e.getSQLState() != null
        && e.getSQLState().startsWith("22");
  }

  static String reason(Throwable failure) {
    return String.valueOf(cause(failure).getMessage()).lines().findFirst().orElse("");
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  CompletionStage<List<Outcome<Published>>> publish(List<EventCommand.Publish> batch) {
    Map<String, CompletableFuture<List<Scheduled>>> asked = new HashMap<>();
    for (EventCommand.Publish p : batch) {
      asked.computeIfAbsent(
          p.tenant(),
          tenant ->
              definitions
                  .scheduledOnEvents(tenant)
                  .thenApply(it -> schedules.of(tenant, it))
                  .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApplyAsync(
            _ -> {
              Map<String, List<Scheduled>> scheduled = new HashMap<>();
              asked.forEach((tenant, it) -> scheduled.put(tenant, it.join()));
              return together(
                  batch,
                  part ->
                      database.now(
                          c -> Publishing.publish(c, part, scheduled, clock.instant(), settings)));
            },
            database.threads());
  }

  /** Answers with what had arrived already for those who now listen. */
  CompletionStage<List<Outcome<List<Delivery>>>> subscribe(List<Wish> batch) {
    return CompletableFuture.supplyAsync(
        () ->
            together(
                batch,
                part -> {
                  database.now(
                      c -> {
                        Subscriptions.replace(c, part);
                        return true;
                      });
                  List<Wish> begun = part.stream().filter(it -> !it.filters().isEmpty()).toList();
                  return settings.lateSubscribers() && !begun.isEmpty()
                      ? LateSubscribers.find(database, begun, clock.instant(), settings)
                      : List.of();
                }),
        database.threads());
  }

  CompletionStage<Boolean> taken(List<Delivery> batch) {
    return database.call(
        c -> {
          Deliveries.taken(c, batch, settings.lateSubscribers());
          return true;
        });
  }

  CompletionStage<Boolean> failed(Delivery delivery, String reason) {
    return database.call(
        c -> {
          Deliveries.failed(c, delivery, reason);
          return true;
        });
  }

  CompletionStage<Boolean> bury(Delivery delivery, String reason) {
    return database.call(
        c -> {
          DeadLetters.bury(c, delivery, reason);
          return true;
        });
  }

  CompletionStage<List<Delivery>> due() {
    return database.call(c -> Deliveries.due(c, clock.instant(), settings));
  }

  CompletionStage<Reply> deadLetters(EventCommand.ListDeadLetters l) {
    Optional<Long> before;
    try {
      before = l.before().map(Long::valueOf);
    } catch (NumberFormatException e) {
      return CompletableFuture.completedStage(
          new Reply.Refused(
              new Refusal.Invalid(
                  "the cursor is not one of this list", List.of(new Fault("", "cursor")))));
    }
    return database.call(c -> DeadLetters.page(c, l.tenant(), l.limit(), before));
  }

  CompletionStage<Reply> resend(EventCommand.Resend r) {
    return database.call(
        c ->
            DeadLetters.resend(c, r.tenant(), r.id(), clock.instant())
                ? new Reply.Resent()
                : new Reply.Refused(new Refusal.NotFound("there is no dead letter " + r.id())));
  }

  /** Deletes what is too old, so much at a time; answers with how many rows that were. */
  CompletionStage<Integer> trim() {
    Instant now = clock.instant();
    int most = settings.trimBatch();
    return database.call(
        c ->
            Deliveries.trim(c, now.minus(settings.late()), most)
                + Inbox.trim(c, now.minus(settings.remember()), most)
                + Gathering.trim(c, now.minus(settings.keepGathered()), most)
                + DeadLetters.trim(c, now.minus(settings.keepDeadLetters()), most));
  }
}
