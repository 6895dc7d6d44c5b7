package io.signalbox.agents.session;

import io.signalbox.agents.guard.watch.Watch;
import io.signalbox.agents.hands.RunDoor;
import io.signalbox.agents.model.Model;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.agent.SessionView;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Checking;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.quota.Limited;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
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
 * One agent's conversation: journals what {@link SessionLoop} decides, then asks the model, the run
 * or the sender. What was in flight when it stopped is asked again when it starts.
 *
 * <p>Longer than 300 lines because every command of a session is answered here.
 */
public final class SessionEntity
    extends EventSourcedBehaviorWithEnforcedReplies<
        SessionCommand, JournalRow<SessionTurn>, SessionState> {
  private final ActorContext<SessionCommand> context;
  private final TimerScheduler<SessionCommand> timers;
  private final SessionId id;
  private final SessionSettings settings;
  private final SessionLoop loop;
  private final ModelDesk desk;
  private final RunDoor runs;
  private final GuardedTalk talk;
  private final Blobs blobs;
  private final ActorRef<ShardCommand> shard;
  private Optional<Asking> asking = Optional.empty();
  private Optional<String> heldBy = Optional.empty();
  private String life = "";

  /** The model call that this incarnation has under way, or waits to repeat. */
  private record Asking(String key, int call, int tries, CompletableFuture<ModelAnswer> answer) {
    boolean is(String otherKey, int otherCall) {
      return key.equals(otherKey) && call == otherCall;
    }
  }

  private record Said(String key, int call, int tries, ModelAnswer answer)
      implements SessionCommand {}

  private record AskAgain(String key, int call, int tries) implements SessionCommand {}

  /** A message has been looked at; {@code heard} is absent when the looking went wrong. */
  private record Looked(SessionCommand.Converse asked, Optional<GuardedTalk.Heard> heard)
      implements SessionCommand {}

  private enum Idle implements SessionCommand {
    IDLE
  }

  /** The behaviour of the session with this entity id. */
  public static Behavior<SessionCommand> create(
      SessionId id,
      SessionSettings settings,
      Model model,
      ModelAccounts accounts,
      RunDoor runs,
      Watch watch,
      Blobs blobs,
      ActorRef<ShardCommand> shard) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SessionEntity(
                        context, timers, id, settings, model, accounts, runs, watch, blobs,
                        shard)));
  }

  private SessionEntity(
      ActorContext<SessionCommand> context,
      TimerScheduler<SessionCommand> timers,
      SessionId id,
      SessionSettings settings,
      Model model,
      ModelAccounts accounts,
      RunDoor runs,
      Watch watch,
      Blobs blobs,
      ActorRef<ShardCommand> shard) {
    super(
        PersistenceId.ofUniqueId("session|" + id.text()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(20), 0.2));
    this.context = context;
    this.timers = timers;
    this.id = id;
    this.settings = settings;
    this.loop = new SessionLoop(settings.maxQueue());
    this.desk = new ModelDesk(model, accounts, settings);
    this.runs = runs;
    this.talk = new GuardedTalk(watch, blobs);
    this.blobs = blobs;
    this.shard = shard;
  }

  @Override
  public SessionState emptyState() {
    return SessionState.empty(id);
  }

  @Override
  public CommandHandlerWithReply<SessionCommand, JournalRow<SessionTurn>, SessionState>
      commandHandler() {
    return this::handle;
  }

  private ReplyEffect<JournalRow<SessionTurn>, SessionState> handle(
      SessionState state, SessionCommand command) {
    Instant now = Instant.now();
    return switch (command) {
      case SessionCommand.Converse it when unheard(state, it) -> look(it);
      case Looked it -> looked(state, it, now);
      case SessionCommand.Converse it -> store(state, loop.converse(state, it, now), now);
      case SessionCommand.ModelReplied it -> store(state, loop.modelReplied(state, it, now), now);
      case SessionCommand.ToolSettled it -> store(state, loop.toolSettled(state, it, now), now);
      case SessionCommand.Abandon it -> store(state, loop.abandon(state, it, now), now);
      case SessionCommand.Get it -> Effect().reply(it.replyTo(), view(state));
      case SessionCommand.Wake it -> wake(state, it);
      case Said it -> said(state, it, now);
      case AskAgain it -> askAgain(state, it);
      case Idle _ -> idle();
      default -> Effect().unhandled().thenNoReply();
    };
  }

  /** A message that is known already was looked at when it first came. */
  private static boolean unheard(SessionState state, SessionCommand.Converse message) {
    return GuardedTalk.watched(message)
        && state.answered(message.key()).isEmpty()
        && state.open(message.key()).isEmpty();
  }

  private ReplyEffect<JournalRow<SessionTurn>, SessionState> look(SessionCommand.Converse it) {
    context.pipeToSelf(
        talk.hear(it),
        (heard, failure) -> {
          if (failure != null) {
            context.getSystem().log().error("message {} could not be looked at", it.key(), failure);
          }
          return new Looked(it, Optional.ofNullable(heard));
        });
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<SessionTurn>, SessionState> looked(
      SessionState state, Looked looked, Instant now) {
    if (looked.heard().isEmpty()) {
      var broken =
          new Outcome.Failed(
              "runtime", 500, "the guardrails could not look at the message", Optional.empty());
      runs.tell(
          looked.asked().run(),
          new RunCommand.Performed(looked.asked().key(), looked.asked().attempt(), broken));
      return Effect().noReply();
    }
    looked.heard().get().told().ifPresent(told -> runs.tell(looked.asked().run(), told));
    return looked
        .heard()
        .get()
        .message()
        .map(message -> store(state, loop.converse(state, message, now), now))
        .orElseGet(() -> Effect().noReply());
  }

  private ReplyEffect<JournalRow<SessionTurn>, SessionState> store(
      SessionState state, SessionLoop.Decision decision, Instant now) {
    if (decision.facts().isEmpty()) {
      decision.effects().forEach(effect -> carryOut(state, effect));
      return Effect().noReply();
    }
    SessionState after = state;
    for (var fact : decision.facts()) {
      after = after.after(fact, now);
    }
    var claims = Checking.claims(decision.facts()).stream().map(Claim::digest).sorted().toList();
    var row =
        JournalRow.of(
            new SessionTurn(
                now,
                state.digest(),
                decision.facts(),
                after.busy(),
                claims.isEmpty() ? Optional.empty() : Optional.of(claims)));
    return Effect()
        .persist(row)
        .thenRun(stored -> decision.effects().forEach(effect -> carryOut(stored, effect)))
        .thenNoReply();
  }

  private void carryOut(SessionState state, SessionEffect effect) {
    switch (effect) {
      case SessionEffect.AskModel ask
          when asking.filter(it -> it.is(ask.key(), ask.call())).isPresent() -> {}
      case SessionEffect.AskModel ask -> askModel(state, ask.key(), ask.call(), 1);
      case SessionEffect.RequestTool(var run, var key, var call) ->
          runs.tell(
              run,
              new RunCommand.RequestTool(
                  id, key, call.id(), call.tool(), call.arguments(), state.recalled()));
      case SessionEffect.Answer it -> runs.tell(it.run(), GuardedTalk.answer(it));
      case SessionEffect.GiveUp gone -> giveUp(gone.key());
    }
  }

  private void askModel(SessionState state, String key, int call, int tries) {
    state
        .active()
        .ifPresent(
            exchange -> {
              CompletableFuture<ModelAnswer> answer = consult(state, exchange, tries);
              asking = Optional.of(new Asking(key, call, tries, answer));
              context.pipeToSelf(
                  answer,
                  (said, failure) ->
                      new Said(key, call, tries, failure == null ? said : desk.failure(failure)));
            });
  }

  /** The model is told everything in full; what is kept apart is fetched first. */
  private CompletableFuture<ModelAnswer> consult(SessionState state, Exchange exchange, int tries) {
    String bill = "%s/%d/%d/%s".formatted(exchange.key(), exchange.asked(), tries, life);
    CompletableFuture<ModelAnswer> answer =
        Checking.claims(exchange).isEmpty()
            ? desk.ask(bill, exchange.received(), Prompt.of(state, exchange))
            : blobs
                .checkOut(id.tenant(), exchange)
                .thenCompose(
                    whole -> desk.ask(bill, exchange.received(), Prompt.of(state, whole.spelt())))
                .toCompletableFuture();
    return talk.listening(exchange, answer);
  }

  private void giveUp(String key) {
    asking
        .filter(it -> it.key().equals(key))
        .ifPresent(
            it -> {
              timers.cancel(key);
              it.answer().cancel(false);
              asking = Optional.empty();
            });
  }

  /** Answers of a call given up meanwhile, or made by an earlier incarnation, change nothing. */
  private ReplyEffect<JournalRow<SessionTurn>, SessionState> said(
      SessionState state, Said said, Instant now) {
    if (asking
        .filter(it -> it.is(said.key(), said.call()) && it.tries() == said.tries())
        .isEmpty()) {
      return Effect().noReply();
    }
    heldBy = Optional.empty();
    Optional<Duration> held = ModelDesk.held(said.answer());
    if (held.isPresent()) {
      heldBy = ((ModelAnswer.Failed) said.answer()).limited().map(Limited::rule);
      timers.startSingleTimer(
          said.key(), new AskAgain(said.key(), said.call(), said.tries()), held.get());
      return Effect().noReply();
    }
    if (desk.triesAgain(said.answer(), said.tries())) {
      context.getLog().info("model call {} of {}: {}", said.call(), said.key(), said.answer());
      timers.startSingleTimer(
          said.key(),
          new AskAgain(said.key(), said.call(), said.tries() + 1),
          desk.pause(said.answer(), said.tries()));
      return Effect().noReply();
    }
    asking = Optional.empty();
    state
        .active()
        .ifPresent(
            it ->
                GuardedTalk.noticed(said.key(), said.answer())
                    .ifPresent(told -> runs.tell(it.received().run(), told)));
    var reply = new SessionCommand.ModelReplied(said.key(), said.call(), said.answer());
    return store(state, loop.modelReplied(state, reply, now), now);
  }

  private ReplyEffect<JournalRow<SessionTurn>, SessionState> askAgain(
      SessionState state, AskAgain again) {
    if (asking.filter(it -> it.is(again.key(), again.call())).isPresent()) {
      askModel(state, again.key(), again.call(), again.tries());
    }
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<SessionTurn>, SessionState> wake(
      SessionState state, SessionCommand.Wake wake) {
    if (lastSequenceNumber(context) <= wake.seenAt()) {
      Effects.inFlight(state).forEach(effect -> carryOut(state, effect));
    }
    return Effect().noReply();
  }

  /**
   * Waiting for a run's tools needs no memory, since the run's answer wakes it; a model call does.
   */
  private ReplyEffect<JournalRow<SessionTurn>, SessionState> idle() {
    if (asking.isEmpty()) {
      shard.tell(new Passivate<>(context.getSelf()));
    }
    return Effect().noReply();
  }

  private SessionView view(SessionState state) {
    return new SessionView(
        id.agent(),
        id.session(),
        state.busy() ? "busy" : "idle",
        Transcript.shown(state.transcript()),
        state.usage(),
        heldBy.filter(_ -> asking.isPresent()));
  }

  @Override
  public EventHandler<SessionState, JournalRow<SessionTurn>> eventHandler() {
    return SessionState::after;
  }

  @Override
  public SignalHandler<SessionState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(PostStop.instance(), _ -> asking.ifPresent(it -> it.answer().cancel(false)))
        .build();
  }

  private void recovered(SessionState state) {
    context.setReceiveTimeout(settings.passivateAfter(), Idle.IDLE);
    timers.cancelAll();
    life = UUID.randomUUID().toString();
    asking.ifPresent(it -> it.answer().cancel(false));
    asking = Optional.empty();
    Effects.inFlight(state).forEach(effect -> carryOut(state, effect));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(100, 2);
  }
}
