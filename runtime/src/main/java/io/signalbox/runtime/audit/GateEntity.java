package io.signalbox.runtime.audit;

import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.GateCommand;
import io.signalbox.protocol.audit.GateFact;
import io.signalbox.protocol.audit.GateId;
import io.signalbox.protocol.audit.GateReply;
import io.signalbox.protocol.audit.GateTurn;
import io.signalbox.protocol.journal.JournalRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Writes down what happens outside of runs, chained like a run's rows. What arrives while a row is
 * being written makes up the next one.
 */
public final class GateEntity
    extends EventSourcedBehaviorWithEnforcedReplies<GateCommand, JournalRow<GateTurn>, GateState> {
  private static final int ROW = 200;

  private final ActorContext<GateCommand> context;
  private final TimerScheduler<GateCommand> timers;
  private final ActorRef<ShardCommand> shard;
  private final InstantSource clock;
  private final AuditSettings.Gates settings;
  private final GateId id;
  private final Repeats repeats;
  // both outlive a restart after a failed write
  private final Map<String, Arrived> writing = new HashMap<>();
  private List<Arrived> arrived = new ArrayList<>();
  private boolean stopping;

  private record Arrived(GateFact.Noted fact, Optional<ActorRef<GateReply>> replyTo) {}

  private enum Own implements GateCommand {
    /** Comes after all that was waiting when it was sent, which is how a row is gathered. */
    WRITE,
    COUNT,
    IDLE,
    STOP
  }

  /** The behaviour of the gate with this id. */
  public static Behavior<GateCommand> create(
      GateId id, InstantSource clock, AuditSettings.Gates settings, ActorRef<ShardCommand> shard) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new GateEntity(context, timers, shard, clock, settings, id)));
  }

  private GateEntity(
      ActorContext<GateCommand> context,
      TimerScheduler<GateCommand> timers,
      ActorRef<ShardCommand> shard,
      InstantSource clock,
      AuditSettings.Gates settings,
      GateId id) {
    super(
        PersistenceId.ofUniqueId("gate|" + id.text()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.clock = clock;
    this.settings = settings;
    this.id = id;
    this.repeats = new Repeats(settings.repeats(), settings.refusalsPerMinute());
  }

  /** Tells a gate to leave memory once everything is written. */
  public static GateCommand stop() {
    return Own.STOP;
  }

  @Override
  public GateState emptyState() {
    return GateState.EMPTY;
  }

  @Override
  public CommandHandlerWithReply<GateCommand, JournalRow<GateTurn>, GateState> commandHandler() {
    return this::handle;
  }

  private ReplyEffect<JournalRow<GateTurn>, GateState> handle(
      GateState state, GateCommand command) {
    return switch (command) {
      case GateCommand.Enter it -> take(it);
      case Own.WRITE -> write(state);
      case Own.COUNT -> count(false);
      case Own.IDLE -> idle();
      case Own.STOP -> leave();
      default -> Effect().unhandled().thenNoReply();
    };
  }

  private ReplyEffect<JournalRow<GateTurn>, GateState> take(GateCommand.Enter it) {
    Instant now = clock.instant();
    if (arrived.size() >= settings.held() || !repeats.isNew(it.note(), now)) {
      if (arrived.size() >= settings.held()) {
        context.getLog().error("gate {} holds too many notes; not written: {}", id, it.note());
      }
      it.replyTo().ifPresent(to -> to.tell(new GateReply.Counted()));
      if (!timers.isTimerActive(Own.COUNT)) {
        timers.startSingleTimer(Own.COUNT, Own.COUNT, settings.repeats());
      }
      return Effect().noReply();
    }
    add(new Arrived(GateFact.Noted.of(it.id(), it.note(), 1, Optional.empty()), it.replyTo()));
    return Effect().noReply();
  }

  private void add(Arrived note) {
    if (arrived.isEmpty()) {
      context.getSelf().tell(Own.WRITE);
    }
    arrived.add(note);
  }

  private ReplyEffect<JournalRow<GateTurn>, GateState> write(GateState state) {
    if (arrived.isEmpty()) {
      return stopping ? Effect().none().thenStop().thenNoReply() : Effect().noReply();
    }
    List<Arrived> row = List.copyOf(arrived.subList(0, Math.min(ROW, arrived.size())));
    arrived = new ArrayList<>(arrived.subList(row.size(), arrived.size()));
    row.forEach(note -> writing.put(note.fact().id(), note));
    List<GateFact> facts = row.stream().<GateFact>map(Arrived::fact).toList();
    return Effect()
        .persist(JournalRow.of(new GateTurn(clock.instant(), state.digest(), facts)))
        .thenRun(_ -> written())
        .thenNoReply();
  }

  private void written() {
    writing
        .values()
        .forEach(note -> note.replyTo().ifPresent(to -> to.tell(new GateReply.Written())));
    writing.clear();
    if (!arrived.isEmpty() || stopping) {
      context.getSelf().tell(Own.WRITE);
    }
  }

  private ReplyEffect<JournalRow<GateTurn>, GateState> count(boolean all) {
    for (Repeats.Counted counted : repeats.due(clock.instant(), all)) {
      AuditNote note = counted.note();
      add(
          new Arrived(
              GateFact.Noted.of(
                  UUID.randomUUID().toString(),
                  note,
                  counted.count(),
                  Optional.of(counted.since())),
              Optional.empty()));
    }
    if (!repeats.isEmpty()) {
      timers.startSingleTimer(Own.COUNT, Own.COUNT, settings.repeats());
    }
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<GateTurn>, GateState> idle() {
    shard.tell(new Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  /** What is counted is written first, whatever its time. */
  private ReplyEffect<JournalRow<GateTurn>, GateState> leave() {
    stopping = true;
    count(true);
    context.getSelf().tell(Own.WRITE);
    return Effect().noReply();
  }

  @Override
  public EventHandler<GateState, JournalRow<GateTurn>> eventHandler() {
    return GateState::after;
  }

  @Override
  public SignalHandler<GateState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  /** After a failed write: what is not in the last row after all is written again. */
  private void recovered(GateState state) {
    context.setReceiveTimeout(settings.idle(), Own.IDLE);
    arrived =
        new ArrayList<>(
            Stream.concat(
                    writing.values().stream()
                        .filter(note -> !state.last().contains(note.fact().id())),
                    arrived.stream())
                .toList());
    writing.values().stream()
        .filter(note -> state.last().contains(note.fact().id()))
        .forEach(note -> note.replyTo().ifPresent(to -> to.tell(new GateReply.Written())));
    writing.clear();
    if (!arrived.isEmpty()) {
      context.getSelf().tell(Own.WRITE);
    }
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), 1);
  }
}
