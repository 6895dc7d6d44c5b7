package io.signalbox.runtime.quota;

import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.quota.QuotaCommand;
import io.signalbox.protocol.quota.QuotaReply;
import io.signalbox.protocol.quota.QuotaReply.Gauge;
import io.signalbox.protocol.quota.QuotaTurn;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.catalog.Rulebooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * A tenant's keeper of quotas: what arrives while it writes is decided as one batch and journalled
 * as one row, and only then answered. What was granted is therefore known wherever it lives next.
 */
public final class QuotaEntity
    extends EventSourcedBehaviorWithEnforcedReplies<
        QuotaCommand, JournalRow<QuotaTurn>, QuotaEntity.Kept> {
  /** The state, and the digest of the last stored row. */
  public record Kept(QuotaState state, String head) {}

  private record Owed(ActorRef<QuotaReply> to, QuotaReply reply) {}

  private record Ready() implements QuotaCommand {}

  private record NotReady(Throwable why) implements QuotaCommand {}

  private enum Own implements QuotaCommand {
    FLUSH,
    IDLE,
    STOP
  }

  private final String tenant;
  private final Rulebooks rulebooks;
  private final QuotaSettings settings;
  private final InstantSource clock;
  private final ActorContext<QuotaCommand> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final List<QuotaCommand> arrived = new ArrayList<>();
  private boolean ready;
  private boolean loading;
  private boolean flushing;
  private Instant sweepAt;

  /** The keeper of one tenant's quotas. */
  public static Behavior<QuotaCommand> create(
      String tenant,
      Rulebooks rulebooks,
      QuotaSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(
        context -> new QuotaEntity(tenant, rulebooks, settings, clock, context, shard));
  }

  /** What the shard sends when the entity has to leave. */
  public static QuotaCommand stop() {
    return Own.STOP;
  }

  private QuotaEntity(
      String tenant,
      Rulebooks rulebooks,
      QuotaSettings settings,
      InstantSource clock,
      ActorContext<QuotaCommand> context,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(
        PersistenceId.ofUniqueId(QuotaCommand.KEY.name() + "|" + tenant),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
    this.tenant = tenant;
    this.rulebooks = rulebooks;
    this.settings = settings;
    this.clock = clock;
    this.context = context;
    this.shard = shard;
    this.sweepAt = clock.instant().plus(settings.sweepEvery());
  }

  @Override
  public Kept emptyState() {
    return new Kept(QuotaState.EMPTY, "");
  }

  @Override
  public EventHandler<Kept, JournalRow<QuotaTurn>> eventHandler() {
    return (kept, row) -> new Kept(kept.state().after(row.turn()), row.digest());
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), 2);
  }

  @Override
  public SignalHandler<Kept> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(), _ -> context.setReceiveTimeout(settings.idle(), Own.IDLE))
        .build();
  }

  @Override
  public CommandHandlerWithReply<QuotaCommand, JournalRow<QuotaTurn>, Kept> commandHandler() {
    return this::handle;
  }

  private ReplyEffect<JournalRow<QuotaTurn>, Kept> handle(Kept kept, QuotaCommand command) {
    return switch (command) {
      case QuotaCommand.Reserve it -> take(it, it.replyTo());
      case QuotaCommand.Settle it -> take(it, it.replyTo());
      case QuotaCommand.Drop it -> take(it, it.replyTo());
      case QuotaCommand.Show it -> Effect().reply(it.replyTo(), show(kept.state(), it.budget()));
      case Ready _ -> {
        ready = true;
        loading = false;
        yield flush(kept);
      }
      case NotReady it -> notReady(it);
      case Own.FLUSH -> flush(kept);
      case Own.IDLE -> {
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        yield Effect().noReply();
      }
      case Own.STOP -> Effect().stop().thenNoReply();
      default -> throw new IllegalArgumentException("unknown command " + command.getClass());
    };
  }

  /** What came in before the flush is decided together; what comes later makes the next batch. */
  private ReplyEffect<JournalRow<QuotaTurn>, Kept> take(
      QuotaCommand command, ActorRef<QuotaReply> replyTo) {
    if (arrived.size() >= settings.maxArrived()) {
      return Effect().reply(replyTo, new QuotaReply.Busy(Duration.ofSeconds(1)));
    }
    arrived.add(command);
    if (!flushing) {
      flushing = true;
      context.getSelf().tell(Own.FLUSH);
    }
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<QuotaTurn>, Kept> flush(Kept kept) {
    if (!ready) {
      if (!loading) {
        loading = true;
        context.pipeToSelf(
            rulebooks.load(tenant),
            (_, failure) -> failure == null ? new Ready() : new NotReady(failure));
      }
      return Effect().noReply();
    }
    flushing = false;
    Instant now = clock.instant();
    Rulebook rules = rulebooks.current(tenant);
    var deciding = new Deciding(rules.curbs().budgets(), settings.bounds(), kept.state(), now);
    List<Owed> owed = new ArrayList<>(arrived.size());
    for (QuotaCommand command : arrived) {
      decide(deciding, command).ifPresent(owed::add);
    }
    arrived.clear();
    if (!now.isBefore(sweepAt) && !deciding.facts().isEmpty()) {
      deciding.sweep();
      sweepAt = now.plus(settings.sweepEvery());
    }
    if (deciding.facts().isEmpty()) {
      owed.forEach(it -> it.to().tell(it.reply()));
      return Effect().noReply();
    }
    return Effect()
        .persist(JournalRow.of(new QuotaTurn(now, kept.head(), deciding.facts())))
        .thenRun((Kept _) -> owed.forEach(it -> it.to().tell(it.reply())))
        .thenNoReply();
  }

  private static Optional<Owed> decide(Deciding deciding, QuotaCommand command) {
    return switch (command) {
      case QuotaCommand.Reserve it ->
          Optional.of(new Owed(it.replyTo(), deciding.reserve(it.bill(), it.until())));
      case QuotaCommand.Settle it -> {
        deciding.settle(it.key(), it.end(), it.actual());
        yield Optional.of(new Owed(it.replyTo(), new QuotaReply.Done()));
      }
      case QuotaCommand.Drop it -> {
        deciding.drop(it.budget());
        yield Optional.of(new Owed(it.replyTo(), new QuotaReply.Done()));
      }
      default -> Optional.empty();
    };
  }

  private ReplyEffect<JournalRow<QuotaTurn>, Kept> notReady(NotReady it) {
    loading = false;
    flushing = false;
    context.getLog().warn("the quotas of a tenant cannot read its budgets", it.why());
    QuotaReply busy = new QuotaReply.Busy(Duration.ofSeconds(2));
    for (QuotaCommand command : arrived) {
      switch (command) {
        case QuotaCommand.Reserve r -> r.replyTo().tell(busy);
        case QuotaCommand.Settle s -> s.replyTo().tell(busy);
        case QuotaCommand.Drop d -> d.replyTo().tell(busy);
        default -> {}
      }
    }
    arrived.clear();
    return Effect().noReply();
  }

  private static QuotaReply show(QuotaState state, String budget) {
    return new QuotaReply.Gauges(
        state.counters().entrySet().stream()
            .filter(it -> CounterId.of(it.getKey()).budget().equals(budget))
            .sorted(java.util.Map.Entry.comparingByKey())
            .limit(1000)
            .map(
                it -> {
                  CounterId id = CounterId.of(it.getKey());
                  Counter counter = it.getValue();
                  return new Gauge(
                      id.value(), id.began(), counter.used(), counter.reserved(), counter.open());
                })
            .toList());
  }
}
