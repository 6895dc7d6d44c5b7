package io.signalbox.runtime.notify;

import io.signalbox.protocol.notify.Errand.Report;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.notify.LinkCommand;
import io.signalbox.runtime.storage.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Has messages brought to people until they are taken or given up, and keeps the links in them.
 * Every node has one; they share the table, and a message belongs to one of them at a time.
 */
public final class Notifier {
  private static final Duration TRIM_EVERY = Duration.ofMinutes(10);

  private final ActorContext<Object> context;
  private final Database database;
  private final NotifySettings settings;
  private final InstantSource clock;
  private final ActorRef<Errand> courier;
  private final ActorRef<Report> reports;
  private final Links links;
  private final Preparing preparing;
  private final SplittableRandom chance = new SplittableRandom();
  private final Map<String, Preparing.Ready> underWay = new HashMap<>();
  private boolean looking;

  private record Look() {}

  private record Trim() {}

  private record Found(List<Preparing.Ready> ready) {}

  private record Noted(String what, boolean lookAgain) {}

  private record Answer(ActorRef<LinkCommand.Reply> to, LinkCommand.Reply reply) {}

  private Notifier(
      ActorContext<Object> context,
      Database database,
      NotifySettings settings,
      InstantSource clock,
      ActorRef<Errand> courier) {
    this.context = context;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.courier = courier;
    this.reports = context.messageAdapter(Report.class, it -> it);
    this.links = new Links(settings, new SecureRandom());
    this.preparing = new Preparing(settings, links, reports);
  }

  /** A node's notifier. */
  public static Behavior<LinkCommand> create(
      Database database, NotifySettings settings, InstantSource clock, ActorRef<Errand> courier) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers ->
                        new Notifier(context, database, settings, clock, courier).begin(timers)))
        .narrow();
  }

  private Behavior<Object> begin(TimerScheduler<Object> timers) {
    timers.startTimerWithFixedDelay(new Look(), settings.lookInterval());
    timers.startTimerWithFixedDelay(new Trim(), TRIM_EVERY);
    return Behaviors.receiveMessage(
        message -> {
          switch (message) {
            case Look _ -> look();
            case Found it -> found(it.ready());
            case Report it -> reported(it);
            case LinkCommand it -> link(it);
            case Answer it -> it.to().tell(it.reply());
            case Trim _ -> {
              Instant now = clock.instant();
              work(
                  c -> {
                    Outbox.trim(c, now, settings.keep());
                    return false;
                  },
                  "old messages stay for now");
            }
            case Noted it -> {
              if (it.lookAgain()) {
                look();
              }
            }
            default -> throw new IllegalArgumentException("unknown message " + message);
          }
          return Behaviors.same();
        });
  }

  private void look() {
    Instant now = clock.instant();
    // whoever carried these has fallen silent, and they are anybody's again
    underWay.values().removeIf(it -> it.errand().leaseUntil().isBefore(now));
    int room = settings.atOnce() - underWay.size();
    if (looking || room < 1) {
      return;
    }
    looking = true;
    context.pipeToSelf(
        database.call(c -> preparing.prepare(c, Outbox.take(c, now, room, settings.lease()), now)),
        (ready, failure) -> {
          if (failure != null) {
            context.getLog().debug("messages are out of reach: {}", failure.toString());
          }
          return new Found(failure == null ? ready : List.of());
        });
  }

  private void found(List<Preparing.Ready> ready) {
    looking = false;
    for (Preparing.Ready it : ready) {
      underWay.put(it.due().id(), it);
      courier.tell(it.errand());
    }
  }

  private void reported(Report report) {
    switch (report) {
      case Report.Delivered(String id, var reference) -> {
        Preparing.Ready ready = underWay.remove(id);
        if (ready != null) {
          work(
              c -> {
                Outbox.done(c, ready.due().tenant(), id, reference);
                return true;
              },
              "a delivered message may be sent again");
        }
      }
      case Report.Failed(String id, String why, boolean forGood) -> {
        Preparing.Ready ready = underWay.remove(id);
        if (ready != null) {
          failed(ready.due(), why, forGood);
        }
      }
    }
  }

  private void failed(Outbox.Due due, String why, boolean forGood) {
    boolean over = forGood || due.attempts() >= settings.attempts();
    context
        .getLog()
        .warn(
            "{} of approval {} through {} ({}): {}",
            over ? "gave up the message" : "later the message",
            due.approvalId(),
            due.channelName(),
            due.attempts(),
            why);
    Instant next = clock.instant().plus(pause(due.attempts()));
    work(
        c -> {
          if (over) {
            Outbox.bury(c, due, why);
          } else {
            Outbox.later(c, due, why, next);
          }
          return true;
        },
        "a failed message is tried again when its lease is over");
  }

  /** Doubled with each attempt, and up to a quarter more or less by chance. */
  private Duration pause(int attempts) {
    Duration doubled = settings.retryShortest().multipliedBy(1L << Math.min(attempts - 1, 20));
    long most = Math.min(doubled.toMillis(), settings.retryLongest().toMillis());
    return Duration.ofMillis(most * 3 / 4 + chance.nextLong(most / 2 + 1));
  }

  private void link(LinkCommand command) {
    Instant now = clock.instant();
    switch (command) {
      case LinkCommand.Open it -> answer(it.replyTo(), c -> links.open(c, it.token(), now));
      case LinkCommand.Use it -> answer(it.replyTo(), c -> links.use(c, it.token(), it.decision()));
    }
  }

  private void answer(ActorRef<LinkCommand.Reply> to, Database.Work<LinkCommand.Reply> work) {
    context.pipeToSelf(
        database.call(work),
        (reply, failure) -> {
          if (failure != null) {
            context.getLog().warn("links are out of reach: {}", failure.toString());
          }
          return new Answer(to, failure == null ? reply : new LinkCommand.Reply.Away());
        });
  }

  private void work(Database.Work<Boolean> work, String otherwise) {
    context.pipeToSelf(
        database.call(work),
        (again, failure) -> {
          if (failure != null) {
            context.getLog().warn("{}: {}", otherwise, failure.toString());
          }
          return new Noted(otherwise, failure == null && again);
        });
  }
}
