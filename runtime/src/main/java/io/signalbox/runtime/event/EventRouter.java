package io.signalbox.runtime.event;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.event.EventCommand.Reply;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.event.Publishing.Published;
import io.signalbox.runtime.event.Subscriptions.Wish;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Keeps every published event once, together with its deliveries, before it says so; then delivers
 * until each run has taken it. Each node has one; they share the tables.
 */
public final class EventRouter {
  private static final Duration LATER = Duration.ofSeconds(1);

  private final ActorContext<Object> context;
  private final EventSettings settings;
  private final EventTables tables;
  private final DeliveryDesk desk;
  private final Batches<EventCommand.Publish> publications;
  private final Batches<Subscribing> subscriptions;
  private final Batches<Delivery> taken;
  private boolean looking;

  /** A change of subscriptions, and who wants to know; nobody when one ends. */
  private record Subscribing(Wish wish, Optional<ActorRef<Reply>> replyTo) {}

  /** Time to look for deliveries that were not taken. */
  private record Look() {}

  /** Time to delete what is too old. */
  private record Trim() {}

  private record Found(List<Delivery> deliveries) {}

  private record Publications(
      List<EventCommand.Publish> batch, List<EventTables.Outcome<Published>> outcomes) {}

  private record Subscribed(
      List<Subscribing> batch, List<EventTables.Outcome<List<Delivery>>> outcomes) {}

  private record Noted(List<Delivery> batch) {}

  private record Told(ActorRef<Reply> replyTo, Reply reply) {}

  private record Done(String what, Optional<Throwable> failure) {}

  private EventRouter(
      ActorContext<Object> context,
      Database database,
      Definitions definitions,
      Blobs blobs,
      InstantSource clock,
      EventSettings settings) {
    this.context = context;
    this.settings = settings;
    this.tables = new EventTables(database, definitions, clock, settings);
    this.desk = new DeliveryDesk(context, definitions, blobs, settings);
    this.publications =
        new Batches<>(settings.batch(), settings.writers(), p -> Math.max(1, p.events().size()));
    // one writer: what a run wanted last is what counts
    this.subscriptions = new Batches<>(settings.batch(), 1, _ -> 1);
    this.taken = new Batches<>(settings.batch(), 1, _ -> 1);
  }

  public static Behavior<EventCommand> create(
      Database database,
      Definitions definitions,
      Blobs blobs,
      InstantSource clock,
      EventSettings settings) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(new Look(), settings.lookInterval());
                      timers.startTimerWithFixedDelay(new Trim(), settings.trimInterval());
                      return new EventRouter(context, database, definitions, blobs, clock, settings)
                          .behavior();
                    }))
        .narrow();
  }

  private Behavior<Object> behavior() {
    return Behaviors.receiveMessage(
        message -> {
          switch (message) {
            case EventCommand command -> on(command);
            case DeliveryDesk.Attempt attempt -> attempted(attempt);
            case Publications p -> published(p);
            case Subscribed s -> subscribed(s);
            case Noted n -> {
              taken.done(n.batch());
              note();
            }
            case Look _ -> look();
            case Found f -> {
              looking = false;
              desk.deliver(f.deliveries());
              if (f.deliveries().size() == settings.deliveries() && desk.idle()) {
                look();
              }
            }
            case Trim _ -> ask(tables.trim(), _ -> new Done("trimmed", Optional.empty()), "trim");
            case Told t -> t.replyTo().tell(t.reply());
            case Done d -> done(d);
            default -> throw new IllegalArgumentException("unknown message " + message);
          }
          return Behaviors.same();
        });
  }

  private void on(EventCommand command) {
    switch (command) {
      case EventCommand.Publish p -> publish(p);
      case EventCommand.Subscribe s ->
          subscribe(
              new Subscribing(
                  new Wish(s.run(), s.subscription(), s.filters()), Optional.of(s.replyTo())));
      case EventCommand.Unsubscribe u ->
          subscribe(
              new Subscribing(new Wish(u.run(), u.subscription(), List.of()), Optional.empty()));
      case EventCommand.ListDeadLetters l ->
          context.pipeToSelf(
              tables.deadLetters(l),
              (page, failure) -> new Told(l.replyTo(), failure == null ? page : refused(failure)));
      case EventCommand.Resend r ->
          context.pipeToSelf(
              tables.resend(r),
              (reply, failure) ->
                  new Told(r.replyTo(), failure == null ? reply : refused(failure)));
    }
  }

  // -- publications ------------------------------------------------------------------------------

  private void publish(EventCommand.Publish p) {
    if (publications.held() + p.events().size() > settings.publications()
        && publications.held() > 0) {
      p.replyTo()
          .tell(
              new Reply.Refused(new Refusal.TooBusy("too many events are being published", LATER)));
      return;
    }
    publications.add(p);
    write();
  }

  private void write() {
    for (var batch = publications.next(); !batch.isEmpty(); batch = publications.next()) {
      List<EventCommand.Publish> writing = batch;
      context.pipeToSelf(
          tables.publish(writing),
          (outcomes, failure) ->
              new Publications(
                  writing,
                  failure == null
                      ? outcomes
                      : List.of(EventTables.Outcome.failed(writing.size(), failure))));
    }
  }

  private void published(Publications p) {
    publications.done(p.batch());
    int at = 0;
    for (EventTables.Outcome<Published> outcome : p.outcomes()) {
      List<EventCommand.Publish> part = p.batch().subList(at, at + outcome.items());
      at += outcome.items();
      outcome.failure().ifPresent(it -> warn("events were not kept", it));
      for (int i = 0; i < part.size(); i++) {
        int index = i;
        part.get(i)
            .replyTo()
            .tell(
                outcome
                    .result()
                    .<Reply>map(it -> new Reply.Accepted(it.fresh().get(index)))
                    .orElseGet(() -> refused(outcome.failure().orElseThrow())));
      }
      outcome.result().ifPresent(it -> desk.deliver(it.deliveries()));
      if (outcome.result().map(Published::more).orElse(false)) {
        look();
      }
    }
    write();
  }

  private Reply refused(Throwable failure) {
    return EventTables.invalid(failure)
        ? new Reply.Refused(
            new Refusal.Invalid(
                "the database cannot keep this: " + EventTables.reason(failure),
                List.of(new Fault("", EventTables.reason(failure)))))
        : new Reply.Refused(
            new Refusal.TooBusy("the database does not take events now", LATER.multipliedBy(2)));
  }

  // -- subscriptions -----------------------------------------------------------------------------

  private void subscribe(Subscribing s) {
    subscriptions.add(s);
    change();
  }

  private void change() {
    List<Subscribing> batch = subscriptions.next();
    if (batch.isEmpty()) {
      return;
    }
    context.pipeToSelf(
        tables.subscribe(batch.stream().map(Subscribing::wish).toList()),
        (outcomes, failure) ->
            new Subscribed(
                batch,
                failure == null
                    ? outcomes
                    : List.of(EventTables.Outcome.failed(batch.size(), failure))));
  }

  private void subscribed(Subscribed s) {
    subscriptions.done(s.batch());
    int at = 0;
    for (EventTables.Outcome<List<Delivery>> outcome : s.outcomes()) {
      Optional<Reply> no = outcome.failure().map(this::refused);
      outcome.failure().ifPresent(it -> warn("subscriptions were not kept", it));
      for (Subscribing one : s.batch().subList(at, at + outcome.items())) {
        one.replyTo().ifPresent(it -> it.tell(no.orElseGet(() -> new Reply.Accepted(1))));
      }
      at += outcome.items();
      outcome.result().ifPresent(desk::deliver);
    }
    change();
  }

  // -- deliveries --------------------------------------------------------------------------------

  private void attempted(DeliveryDesk.Attempt attempt) {
    switch (attempt) {
      case DeliveryDesk.Taken t -> {
        taken.add(t.delivery());
        note();
      }
      case DeliveryDesk.NotTaken n -> {
        context.getLog().debug("not taken yet: {}", n);
        ask(tables.failed(n.delivery(), n.reason()), _ -> quiet(), "a reason was not kept");
      }
      case DeliveryDesk.Hopeless h -> {
        context
            .getLog()
            .warn(
                "given up: {} for {}: {}",
                h.delivery().event().id(),
                h.delivery().run(),
                h.reason());
        ask(tables.bury(h.delivery(), h.reason()), _ -> quiet(), "a delivery was not given up");
      }
    }
    desk.over();
  }

  private void note() {
    List<Delivery> batch = taken.next();
    if (!batch.isEmpty()) {
      context.pipeToSelf(
          tables.taken(batch),
          (_, failure) -> {
            if (failure != null) {
              context.getLog().debug("deliveries are tried again: {}", failure.toString());
            }
            return new Noted(batch);
          });
    }
  }

  private void look() {
    if (!looking) {
      looking = true;
      context.pipeToSelf(
          tables.due(),
          (found, failure) -> {
            if (failure != null) {
              context.getLog().debug("deliveries out of reach: {}", failure.toString());
            }
            return new Found(failure == null ? found : List.of());
          });
    }
  }

  private static Done quiet() {
    return new Done("", Optional.empty());
  }

  private <T> void ask(CompletionStage<T> work, Function<T, Object> then, String otherwise) {
    context.pipeToSelf(
        work,
        (result, failure) ->
            failure == null ? then.apply(result) : new Done(otherwise, Optional.of(failure)));
  }

  private void done(Done d) {
    d.failure().ifPresent(it -> warn(d.what(), it));
  }

  private void warn(String what, Throwable why) {
    context.getLog().warn("{}: {}", what, why.toString());
  }
}
