package io.signalbox.agents.hands.quota;

import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Bill;
import io.signalbox.protocol.quota.QuotaCommand;
import io.signalbox.protocol.quota.QuotaCommand.End;
import io.signalbox.protocol.quota.QuotaReply;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a call counted before it is made, and tells afterwards how it ended. A call that cannot be
 * counted is not made. Called on a virtual thread: it may wait.
 */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final Duration COME_BACK = Duration.ofSeconds(5);

  private final QuotaDoor quotas;
  private final QuotaPatience patience;
  private final InstantSource clock;

  public Accounts(QuotaDoor quotas, QuotaPatience patience, InstantSource clock) {
    this.quotas = quotas;
    this.patience = patience;
    this.clock = clock;
  }

  /** Makes the call, if nobody counts it or there is room for it. */
  public Outcome within(Perform order, Supplier<Outcome> call) {
    if (order.bill().isEmpty()) {
      return call.get();
    }
    Bill bill = order.bill().get();
    if (order.mode() == Perform.Mode.SEND) {
      Optional<Outcome.Failed> no = reserve(bill, order.leaseUntil());
      if (no.isPresent()) {
        return no.get();
      }
    }
    Instant began = clock.instant();
    Outcome outcome = call.get();
    long took = Duration.between(began, clock.instant()).toMillis();
    end(outcome, order.mode()).ifPresent(end -> settle(bill, end, drawn(outcome, took)));
    return outcome;
  }

  /** Has it counted; the failure, if that is not possible. */
  public Optional<Outcome.Failed> reserve(Bill bill, Instant until) {
    Instant last = clock.instant().plus(patience.whole());
    String why = "no answer";
    while (clock.instant().isBefore(last)) {
      try {
        QuotaReply reply =
            quotas
                .ask(bill.tenant(), to -> new QuotaCommand.Reserve(bill, until, to), patience.ask())
                .toCompletableFuture()
                .get(patience.whole().toMillis(), TimeUnit.MILLISECONDS);
        switch (reply) {
          case QuotaReply.Granted _ -> {
            return Optional.empty();
          }
          case QuotaReply.Refused no -> {
            return Optional.of(
                new Outcome.Failed(
                    "communication",
                    429,
                    no.detail(),
                    Optional.of(no.retryAfter()),
                    Optional.empty(),
                    Optional.of(no.limit())));
          }
          case QuotaReply.Busy busy -> {
            why = "it has too much to do";
            pause(busy.retryAfter());
          }
          case QuotaReply.Done _, QuotaReply.Gauges _ -> why = "a wrong answer";
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of(unreachable("the gateway is stopping"));
      } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
        // its node may have died: it is asked again, wherever it lives by then
        why = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
      }
    }
    return Optional.of(unreachable(why));
  }

  private static void pause(Duration moment) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, moment.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private static Outcome.Failed unreachable(String why) {
    return new Outcome.Failed(
        "communication",
        503,
        "nothing was sent: the keeper of quotas is out of reach: " + why,
        Optional.of(COME_BACK));
  }

  /** Tells how it ended, in the background; what cannot be told stays counted. */
  public void settle(Bill bill, End end, Optional<Amounts> drawn) {
    settle(bill, end, drawn, patience.settling());
  }

  private void settle(Bill bill, End end, Optional<Amounts> drawn, int tries) {
    quotas
        .ask(
            bill.tenant(),
            to -> new QuotaCommand.Settle(bill.key(), end, drawn, to),
            patience.ask())
        .whenComplete(
            (reply, failure) -> {
              if (failure == null && reply instanceof QuotaReply.Done) {
                return;
              }
              if (tries > 1) {
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                    .execute(() -> settle(bill, end, drawn, tries - 1));
              } else {
                LOG.warn("call {} stays counted: {}", bill.key(), failure);
              }
            });
  }

  private static Optional<End> end(Outcome outcome, Perform.Mode mode) {
    boolean sent = mode == Perform.Mode.SEND;
    return switch (outcome) {
      case Outcome.Succeeded _ -> Optional.of(End.DONE);
      case Outcome.Failed _ -> sent ? Optional.of(End.FAILED) : Optional.empty();
      case Outcome.Unknown _ -> sent ? Optional.of(End.UNKNOWN) : Optional.empty();
      case Outcome.Absent _ -> Optional.of(End.FAILED);
    };
  }

  private static Optional<Amounts> drawn(Outcome outcome, long millis) {
    Usage usage = outcome instanceof Outcome.Succeeded ok ? ok.usage() : Usage.NONE;
    return Optional.of(
        new Amounts(1, usage.inputTokens() + usage.outputTokens(), usage.costMicros(), millis));
  }
}
