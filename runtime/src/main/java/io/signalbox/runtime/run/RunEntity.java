package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.storage.RecentRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * A run's shell: collects what arrives while it writes, lets the interpreter decide all of it as
 * one turn, journals the turn, and only then acts.
 *
 * <p>Longer than 300 lines because all that may write to a run's journal stands together, in the
 * order in which it happens.
 */
public final class RunEntity
    extends EventSourcedBehaviorWithEnforcedReplies<RunCommand, JournalRow<Turn>, RunEntity.Kept> {
  private static final String DUE = "due";
  private static final String STORE = "store";
  private static final String IDLE = "idle";
  private static final String THAW = "thaw";

  /** Twice as often as the rules are looked at. */
  private static final Duration THAW_EVERY = Duration.ofMillis(500);

  /**
   * The state, and the digest of the last stored row.
   *
   * @param claimed whether the run ever met a value that is kept apart; its state has claims then
   */
  public record Kept(RunState state, String head, boolean claimed) {}

  /** A stimulus and who wants to know what came of it. */
  private record Pending(Stimulus stimulus, Optional<ActorRef<RunReply>> replyTo) {}

  /** A row on its way into the journal, and the state it leads to: it need not be folded twice. */
  private record Folded(JournalRow<Turn> row, RunState state) {}

  /** A turn on its way into the journal; {@code state} is what it leaves, with all values. */
  private record Decided(
      RunClaims.Written written,
      Rulebook rules,
      RunState state,
      List<RunAnswers.Owed> owed,
      boolean goOn) {}

  private final RunId run;
  private final RunParts parts;
  private final ActorContext<RunCommand> context;
  private final TimerScheduler<RunCommand> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final RunDoing doing;
  private final RunAnswers answers;
  private final RunMoves moves;
  private final RecentRows recent;
  private final RunClaims claims;
  private final List<Pending> arrived = new ArrayList<>();
  private Optional<Definition> definition = Optional.empty();
  private Optional<Decided> storing = Optional.empty();
  private boolean flushing;
  private boolean heard;
  private boolean frozen;
  private boolean loading;
  private boolean revived = true;
  private Optional<Folded> folded = Optional.empty();
  private Optional<Instant> alarm = Optional.empty();

  /** The entity of one run, restarted with back-off when its journal fails. */
  public static Behavior<RunCommand> create(
      String entityId, RunParts parts, ActorRef<ClusterSharding.ShardCommand> shard) {
    Behavior<RunCommand> behavior =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new RunEntity(RunId.parse(entityId), parts, context, timers, shard)));
    return Behaviors.supervise(behavior)
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(
                parts.settings().minBackoff(), parts.settings().maxBackoff(), 0.2));
  }

  /** What the shard sends when the entity has to leave. */
  public static RunCommand stop() {
    return new Own.Stop();
  }

  private RunEntity(
      RunId run,
      RunParts parts,
      ActorContext<RunCommand> context,
      TimerScheduler<RunCommand> timers,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(
        PersistenceId.ofUniqueId(RunCommand.KEY.name() + "|" + run.text()),
        SupervisorStrategy.restartWithBackoff(
            parts.settings().minBackoff(), parts.settings().maxBackoff(), 0.2));
    this.run = run;
    this.parts = parts;
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.doing = new RunDoing(run, parts, context, timers);
    this.moves = new RunMoves(run, parts);
    this.answers =
        new RunAnswers(
            run,
            doing,
            parts.settings().maxWaiters(),
            parts.interpreter().bounds().limits().listed());
    this.recent = RecentRows.of(Adapter.toClassic(context.getSystem()));
    this.claims = new RunClaims(run.tenant(), parts.blobs());
  }

  @Override
  public Kept emptyState() {
    return new Kept(RunState.UNSTARTED, "", false);
  }

  @Override
  public EventHandler<Kept, JournalRow<Turn>> eventHandler() {
    return (kept, row) ->
        new Kept(
            known(row).orElseGet(() -> kept.state().after(row.turn())),
            row.digest(),
            kept.claimed() || row.turn().claims().isPresent());
  }

  private Optional<RunState> known(JournalRow<Turn> row) {
    return folded.filter(f -> f.row() == row).map(Folded::state);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(parts.settings().snapshotEvery(), 2);
  }

  @Override
  public SnapshotAdapter<Kept> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(Kept kept) {
        return RunSnapshot.of(kept);
      }

      @Override
      public Kept fromJournal(Object from) {
        return ((RunSnapshot) from).kept();
      }
    };
  }

  @Override
  public SignalHandler<Kept> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            kept -> {
              rest(parts.settings().idle());
              if (alive(kept.state())) {
                revived = false;
                arrive(new Stimulus.Recovered(), Optional.empty());
              }
            })
        .build();
  }

  private static boolean alive(RunState state) {
    return state.phase() instanceof Phase.Running
        || state.phase() instanceof Phase.Suspended
        || state.phase() instanceof Phase.Frozen
        || state.census().children() > 0;
  }

  @Override
  public CommandHandlerWithReply<RunCommand, JournalRow<Turn>, Kept> commandHandler() {
    return this::handle;
  }

  private ReplyEffect<JournalRow<Turn>, Kept> handle(Kept kept, RunCommand command) {
    heard |= !(command instanceof Own.Idle);
    return switch (command) {
      case RunCommand.Start c -> {
        if (c.settled()) {
          answers.patient(c.replyTo());
        }
        yield take(kept, new Stimulus.Start(c.order(), Tags.fresh()), Optional.of(c.replyTo()));
      }
      case RunCommand.Control c ->
          take(
              kept,
              new Stimulus.Control(c.verb(), c.by(), c.reason(), c.task()),
              Optional.of(c.replyTo()));
      case RunCommand.Resolve c ->
          take(
              kept,
              new Stimulus.Resolved(c.task(), c.outcome(), c.result(), c.reason(), c.by()),
              Optional.of(c.replyTo()));
      case RunCommand.Decide c ->
          take(
              kept,
              new Stimulus.Decided(
                  c.approvalId(),
                  c.decision(),
                  c.by(),
                  c.reason(),
                  c.arguments(),
                  c.argumentsHash(),
                  c.via()),
              Optional.of(c.replyTo()));
      case RunCommand.Handle c ->
          take(
              kept,
              new Stimulus.Handled(c.approvalId(), c.how(), c.by(), c.to(), c.reason()),
              Optional.of(c.replyTo()));
      case RunCommand.Deliver c ->
          take(kept, new Stimulus.Delivered(c.subscription(), c.event()), Optional.of(c.replyTo()));
      case RunCommand.Performed c ->
          take(
              kept,
              new Stimulus.Performed(c.key(), c.attempt(), c.outcome(), c.guarded()),
              Optional.empty());
      case RunCommand.Noticed c ->
          take(kept, new Stimulus.Noticed(c.key(), c.guarded()), Optional.empty());
      case RunCommand.RequestTool c -> wanted(kept, c);
      case RunCommand.Get c -> Effect().reply(c.replyTo(), answers.told(kept.state()));
      case RunCommand.GetApproval c ->
          Effect().reply(c.replyTo(), answers.approval(kept.state(), c.approvalId()));
      case RunCommand.Await c -> await(kept.state(), c.replyTo());
      case RunCommand.Wake c -> wake(kept.state(), c.seenAt());
      case RunCommand.Migrate c -> migrate(kept.state(), c);
      case RunCommand.Fork c -> fork(kept.state(), c);
      case Own.Checked c -> checked(kept, c);
      case Own.Unchecked c -> unread(c.order().replyTo(), c.why());
      case Own.Copied c -> copied(kept, c);
      case Own.CopiedWhole c -> {
        claims.take(c.values());
        yield copied(kept, c.copied());
      }
      case Own.Copy c -> begun(kept, c);
      case Own.Uncopied c -> unread(c.order().replyTo(), c.why());
      case Own.Due _ -> due(kept);
      case Own.Flush _ -> flush(kept);
      case Own.Ready c -> ready(kept, c);
      case Own.NotReady c -> notReady(c.why());
      case Own.Fetched c -> fetched(kept, c);
      case Own.Stored c -> stored(kept, c.failure());
      case Own.StoreAgain _ -> store();
      case Own.Act c -> act(c);
      case Own.ActLater c -> actLater(c);
      case Own.Again c -> again(kept.state(), c.effect());
      case Own.AgainLater c -> {
        timers.startSingleTimer(c.key(), new Own.Again(c.effect()), c.pause());
        yield Effect().noReply();
      }
      case Own.Subscribed c -> subscribed(kept.state(), c);
      case Own.ChildFound c ->
          take(
              kept,
              new Stimulus.ChildFound(
                  c.key(),
                  c.workflow().map(Definitions.Named::ref),
                  c.workflow().map(Definitions.Named::digest).orElse("")),
              Optional.empty());
      case Own.ChildGone c ->
          take(kept, new Stimulus.ChildGone(c.key(), c.how()), Optional.empty());
      case Own.Noted _ -> Effect().noReply();
      case Own.Idle _ -> idle(kept.state());
      case Own.Stop _ -> Effect().stop().thenNoReply();
      default -> throw new IllegalArgumentException("unknown command " + command.getClass());
    };
  }

  // -- what arrives ------------------------------------------------------------------------------

  private ReplyEffect<JournalRow<Turn>, Kept> take(
      Kept kept, Stimulus stimulus, Optional<ActorRef<RunReply>> replyTo) {
    if (arrived.isEmpty() && !flushing && storing.isEmpty() && kept.state().census().lone()) {
      arrived.add(new Pending(stimulus, replyTo));
      return flush(kept);
    }
    arrive(stimulus, replyTo);
    return Effect().noReply();
  }

  /** What came in before the flush is decided in one turn; what comes later makes the next. */
  private void arrive(Stimulus stimulus, Optional<ActorRef<RunReply>> replyTo) {
    if (replyTo.isPresent() && arrived.size() >= parts.settings().maxArrived()) {
      // only what can be asked again is turned away: news about calls in flight is bounded by them
      replyTo
          .get()
          .tell(
              new RunReply.Refused(
                  new Refusal.TooBusy("the run has too much to decide", Duration.ofSeconds(1))));
      return;
    }
    arrived.add(new Pending(stimulus, replyTo));
    if (!flushing) {
      flushing = true;
      context.getSelf().tell(new Own.Flush());
    }
  }

  /** A tool call that is settled already is answered at once, without a turn. */
  private ReplyEffect<JournalRow<Turn>, Kept> wanted(Kept kept, RunCommand.RequestTool c) {
    kept.state().live().values().stream()
        .filter(
            a ->
                a.asked()
                    .map(q -> q.callId().equals(c.callId()) && q.session().equals(c.session()))
                    .orElse(false))
        .flatMap(
            a ->
                Effects.answerAgent(
                    run, parts.rulebooks().current(run.tenant()), a.id(), kept.state())
                    .stream())
        .forEach(doing::act);
    return take(
        kept,
        new Stimulus.ToolWanted(
            c.session(), c.agentKey(), c.callId(), c.tool(), c.arguments(), c.memory()),
        Optional.empty());
  }

  private ReplyEffect<JournalRow<Turn>, Kept> wake(RunState state, long seenAt) {
    boolean stale = lastSequenceNumber(context) > seenAt;
    if (!stale && alive(state)) {
      definition.ifPresent(_ -> retell(state));
      arrive(new Stimulus.Tick(), Optional.empty());
    }
    return Effect().noReply();
  }

  private void retell(RunState state) {
    Effects.standing(run, parts.rulebooks().current(run.tenant()), state).forEach(doing::act);
  }

  private ReplyEffect<JournalRow<Turn>, Kept> again(RunState state, Effect effect) {
    if (Effects.standing(run, parts.rulebooks().current(run.tenant()), state).contains(effect)) {
      doing.act(effect);
    }
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<Turn>, Kept> subscribed(RunState state, Own.Subscribed s) {
    doing.subscribed(s);
    answers.tellWaiters(state);
    return Effect().noReply();
  }

  // -- deciding ----------------------------------------------------------------------------------

  private ReplyEffect<JournalRow<Turn>, Kept> flush(Kept kept) {
    flushing = false;
    if (storing.isPresent()) {
      return Effect().noReply(); // decided once the turn before is stored
    }
    Optional<String> digest = digest(kept.state());
    if (digest.isEmpty()) {
      answerAll(new RunReply.Refused(new Refusal.NotFound("there is no run " + run.id())));
      arrived.clear();
      return Effect().noReply();
    }
    if (definition.isPresent()) {
      return turn(kept, definition.get());
    }
    return loading ? Effect().noReply() : load(kept, digest.get());
  }

  private Optional<String> digest(RunState state) {
    return state
        .begun()
        .map(Begun::digest)
        .or(
            () ->
                arrived.stream()
                    .flatMap(
                        p ->
                            p.stimulus() instanceof Stimulus.Start s
                                ? Optional.of(s.order().digest()).stream()
                                : Optional.<String>empty().stream())
                    .findFirst());
  }

  private ReplyEffect<JournalRow<Turn>, Kept> load(Kept kept, String digest) {
    CompletableFuture<Own.Ready> needed =
        parts
            .definitions()
            .byDigest(run.tenant(), digest)
            .thenCombine(parts.rulebooks().load(run.tenant()), Own.Ready::new)
            .toCompletableFuture();
    if (needed.state() == Future.State.SUCCESS) {
      return ready(kept, needed.resultNow()); // this node knows it: the usual case
    }
    loading = true;
    context.pipeToSelf(
        needed, (ready, failure) -> failure == null ? ready : new Own.NotReady(failure));
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<Turn>, Kept> ready(Kept kept, Own.Ready ready) {
    loading = false;
    if (!digest(kept.state()).equals(Optional.of(ready.definition().digest()))) {
      return flush(kept); // the run has moved to another definition meanwhile
    }
    definition = Optional.of(ready.definition());
    return turn(kept, ready.definition());
  }

  private ReplyEffect<JournalRow<Turn>, Kept> notReady(Throwable why) {
    loading = false;
    context.getLog().warn("run {} cannot load what it needs", run, why);
    answerAll(
        new RunReply.Refused(
            new Refusal.TooBusy("what the run needs is out of reach", Duration.ofSeconds(2))));
    // what nobody waits for stays: results, and what became of calls before the restart
    wakeAt(parts.clock().instant().plusSeconds(2));
    return Effect().noReply();
  }

  private void answerAll(RunReply reply) {
    arrived.forEach(p -> p.replyTo().ifPresent(to -> to.tell(reply)));
    arrived.removeIf(p -> p.replyTo().isPresent());
  }

  /** Fetches the large values that a decision needs; they come back as {@link Own.Fetched}. */
  private void fetch(Set<Claim> missing) {
    if (!loading) {
      loading = true;
      context.pipeToSelf(
          claims.fetch(missing),
          (values, failure) ->
              failure == null ? new Own.Fetched(values) : new Own.NotReady(failure));
    }
  }

  private ReplyEffect<JournalRow<Turn>, Kept> fetched(Kept kept, Own.Fetched fetched) {
    loading = false;
    claims.take(fetched.values());
    return flush(kept);
  }

  private ReplyEffect<JournalRow<Turn>, Kept> turn(Kept kept, Definition pinned) {
    Set<Claim> missing = claims.missing(kept, arrived.stream().map(Pending::stimulus).toList());
    if (!missing.isEmpty()) {
      fetch(missing);
      return Effect().noReply();
    }
    Instant now = parts.clock().instant();
    Rulebook rules = parts.rulebooks().current(run.tenant());
    List<Fact> facts = new ArrayList<>();
    List<RunAnswers.Owed> owed = new ArrayList<>();
    RunState state = claims.whole(kept);
    boolean unfinished = false;
    for (Pending p : List.copyOf(arrived)) {
      var stimulus = claims.whole(p.stimulus());
      var decision = parts.interpreter().decide(run, pinned, rules, state, stimulus, now);
      for (Fact fact : decision.facts()) {
        state = state.after(fact, now);
      }
      facts.addAll(decision.facts());
      unfinished |= decision.unfinished();
      p.replyTo()
          .ifPresent(to -> owed.add(new RunAnswers.Owed(to, p.stimulus(), decision.refusal())));
    }
    arrived.clear();
    if (facts.isEmpty()) {
      return Effect().none().thenRun((Kept k) -> settle(kept, k, rules, facts, owed)).thenNoReply();
    }
    Turn turn =
        new Turn(
            kept.state().nextSeq(),
            now,
            kept.head(),
            facts,
            Summaries.status(state),
            Summaries.due(state, now, parts.settings().lookAgain()));
    Decided decided = new Decided(claims.written(turn), rules, state, owed, unfinished);
    JournalRow<Turn> row = decided.written().row();
    if (!kept.claimed() && row.turn().claims().isEmpty()) {
      // nothing large in it: what was decided is what the row says
      folded = Optional.of(new Folded(row, state));
    }
    if (decided.written().keep().isEmpty()) {
      return persist(kept, decided);
    }
    storing = Optional.of(decided);
    return store();
  }

  /** Large values are stored before the turn that refers to them. */
  private ReplyEffect<JournalRow<Turn>, Kept> store() {
    storing.ifPresent(
        decided ->
            context.pipeToSelf(
                claims.keep(decided.written().keep()),
                (_, failure) -> new Own.Stored(Optional.ofNullable(failure))));
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<Turn>, Kept> stored(Kept kept, Optional<Throwable> failure) {
    if (failure.isPresent()) {
      context.getLog().warn("run {} cannot store a large value yet", run, failure.get());
      timers.startSingleTimer(STORE, new Own.StoreAgain(), Duration.ofSeconds(2));
      return Effect().noReply();
    }
    Decided decided = storing.orElseThrow();
    storing = Optional.empty();
    claims.kept(decided.written().keep());
    return persist(kept, decided);
  }

  private ReplyEffect<JournalRow<Turn>, Kept> persist(Kept kept, Decided decided) {
    List<Fact> facts = decided.written().row().turn().facts();
    Rulebook rules = decided.rules();
    recent.add(persistenceId().id(), lastSequenceNumber(context) + 1, decided.written().row());
    return Effect()
        .persist(decided.written().row())
        .thenRun(
            (Kept k) -> {
              claims.stored(
                  k, decided.state(), Summaries.status(decided.state()) != RunStatus.RUNNING);
              for (Effect effect : Effects.of(run, rules, facts, kept.state(), k.state())) {
                act(effect, k.claimed());
              }
              settle(kept, k, rules, facts, decided.owed());
              if (decided.goOn()) {
                arrive(new Stimulus.Tick(), Optional.empty());
              } else if (!arrived.isEmpty() && !flushing) {
                flushing = true;
                context.getSelf().tell(new Own.Flush());
              }
            })
        .thenNoReply();
  }

  // -- moving ------------------------------------------------------------------------------------

  private ReplyEffect<JournalRow<Turn>, Kept> migrate(RunState state, RunCommand.Migrate order) {
    Optional<Refusal> no = RunMoves.objection(state, run);
    if (no.isPresent()) {
      return refuse(order.replyTo(), no.get());
    }
    context.pipeToSelf(
        moves.check(state, order),
        (checked, failure) -> failure == null ? checked : new Own.Unchecked(order, failure));
    return Effect().noReply();
  }

  /** Moves only if the whole journal was followed: what came since is followed first. */
  private ReplyEffect<JournalRow<Turn>, Kept> checked(Kept kept, Own.Checked c) {
    Optional<Refusal> no = RunMoves.objection(kept.state(), run);
    if (no.isPresent()) {
      return refuse(c.order().replyTo(), no.get());
    }
    boolean behind = c.replay().state().nextSeq() != kept.state().nextSeq();
    if ((behind || storing.isPresent()) && c.replay().stopped().isEmpty()) {
      if (RunMoves.tooOften(c)) {
        return refuse(c.order().replyTo(), RunMoves.tooFast());
      }
      context.pipeToSelf(
          moves.onward(c),
          (checked, failure) -> failure == null ? checked : new Own.Unchecked(c.order(), failure));
      return Effect().noReply();
    }
    Optional<Refusal> verdict = RunMoves.verdict(c.replay());
    if (verdict.isPresent()) {
      return refuse(c.order().replyTo(), verdict.get());
    }
    Begun begun = kept.state().began();
    if (c.order().dryRun() || begun.digest().equals(c.order().digest())) {
      return Effect().reply(c.order().replyTo(), answers.told(kept.state()));
    }
    Fact moved =
        new Fact.RunMigrated(
            c.order().by(),
            begun.workflow(),
            begun.digest(),
            c.order().workflow(),
            c.order().digest());
    Instant now = parts.clock().instant();
    RunState state = kept.state().after(moved, now);
    return Effect()
        .persist(JournalRow.of(turnOf(kept, List.of(moved), state, now)))
        .thenRun((Kept _) -> definition = Optional.of(c.replay().definition()))
        .thenReply(c.order().replyTo(), (Kept k) -> answers.told(k.state()));
  }

  private ReplyEffect<JournalRow<Turn>, Kept> fork(RunState state, RunCommand.Fork order) {
    if (state.begun().isPresent() || !arrived.isEmpty()) {
      return refuse(order.replyTo(), used());
    }
    context.pipeToSelf(
        moves.copy(order),
        (copied, failure) -> failure == null ? copied : new Own.Uncopied(order, failure));
    return Effect().noReply();
  }

  private static Refusal used() {
    return new Refusal.Conflict("a run with this id was started before");
  }

  /** All rows, the copied ones and the fork's first own, are one write: there is no half a fork. */
  private ReplyEffect<JournalRow<Turn>, Kept> copied(Kept kept, Own.Copied c) {
    if (kept.state().begun().isPresent() || !arrived.isEmpty()) {
      return refuse(c.order().replyTo(), used());
    }
    if (c.refusal().isPresent() || c.definition().isEmpty()) {
      return refuse(c.order().replyTo(), c.refusal().orElseGet(RunEntity::used));
    }
    Definition goesOn = c.definition().get();
    Rulebook rules = parts.rulebooks().current(run.tenant());
    Instant now = parts.clock().instant();
    List<JournalRow<Turn>> rows = new ArrayList<>();
    Kept copy = kept;
    for (Turn turn : c.prefix()) {
      JournalRow<Turn> row = JournalRow.of(RunMoves.copyOf(turn, c.order(), copy.head()));
      rows.add(row);
      boolean claimed = copy.claimed() || turn.claims().isPresent();
      copy = new Kept(copy.state().after(turn), row.digest(), claimed);
    }
    Stimulus forked = new Stimulus.Forked(c.order().order(), c.prefix().getLast().at());
    Set<Claim> missing = claims.missing(copy, List.of());
    if (!missing.isEmpty()) {
      context.pipeToSelf(
          claims.fetch(missing),
          (values, failure) ->
              failure == null
                  ? new Own.CopiedWhole(c, values)
                  : new Own.Uncopied(c.order(), failure));
      return Effect().noReply();
    }
    RunState whole = claims.whole(copy);
    var decision = parts.interpreter().decide(run, goesOn, rules, whole, forked, now);
    if (decision.refusal().isPresent()) {
      return refuse(c.order().replyTo(), decision.refusal().get());
    }
    RunState state = whole;
    for (Fact fact : decision.facts()) {
      state = state.after(fact, now);
    }
    RunClaims.Written last = claims.written(turnOf(copy, decision.facts(), state, now));
    rows.add(last.row());
    Own.Copy ready =
        new Own.Copy(c.order(), goesOn, rows, decision.facts(), decision.unfinished(), last.keep());
    if (last.keep().isEmpty()) {
      return begun(kept, ready);
    }
    // large values are stored before the turn that refers to them
    context.pipeToSelf(
        claims.keep(last.keep()),
        (_, failure) -> failure == null ? ready : new Own.Uncopied(c.order(), failure));
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<Turn>, Kept> begun(Kept kept, Own.Copy copy) {
    if (kept.state().begun().isPresent() || !arrived.isEmpty()) {
      return refuse(copy.order().replyTo(), used());
    }
    Rulebook rules = parts.rulebooks().current(run.tenant());
    return Effect()
        .persist(copy.rows())
        .thenRun(
            (Kept k) -> {
              definition = Optional.of(copy.definition());
              claims.rest();
              // seen from nothing: what the other run had begun is not given up here
              Effects.of(run, rules, copy.facts(), RunState.UNSTARTED, k.state())
                  .forEach(doing::act);
              settle(kept, k, rules, List.of(), List.of());
              if (copy.unfinished()) {
                arrive(new Stimulus.Tick(), Optional.empty());
              }
            })
        .thenReply(copy.order().replyTo(), (Kept k) -> answers.told(k.state()));
  }

  private Turn turnOf(Kept kept, List<Fact> facts, RunState state, Instant now) {
    return new Turn(
        kept.state().nextSeq(),
        now,
        kept.head(),
        facts,
        Summaries.status(state),
        Summaries.due(state, now, parts.settings().lookAgain()));
  }

  private ReplyEffect<JournalRow<Turn>, Kept> refuse(ActorRef<RunReply> replyTo, Refusal why) {
    return Effect().reply(replyTo, new RunReply.Refused(why));
  }

  private ReplyEffect<JournalRow<Turn>, Kept> unread(ActorRef<RunReply> replyTo, Throwable why) {
    context.getLog().warn("run {} cannot read a journal or a definition", run, why);
    return refuse(
        replyTo,
        new Refusal.TooBusy(
            "the run's journal or definition is out of reach", Duration.ofSeconds(2)));
  }

  private void act(Effect effect, boolean claimed) {
    if (claimed) {
      doing.act(effect);
    } else {
      doing.act(effect, effect); // nothing it could follow from is kept apart
    }
  }

  private ReplyEffect<JournalRow<Turn>, Kept> act(Own.Act c) {
    if (c.whole().equals(c.effect())) {
      doing.act(c.effect());
    } else {
      doing.act(c.whole(), c.effect());
    }
    return Effect().noReply();
  }

  private ReplyEffect<JournalRow<Turn>, Kept> actLater(Own.ActLater c) {
    doing.actLater(c.effect());
    return Effect().noReply();
  }

  private void settle(
      Kept before, Kept kept, Rulebook rules, List<Fact> facts, List<RunAnswers.Owed> owed) {
    if (!revived) {
      revived = true;
      Effects.standing(run, rules, kept.state()).forEach(doing::act);
    }
    answers.give(owed, before.state(), facts, kept.state());
    thaws(rules, kept.state());
    Timers.next(kept.state()).ifPresent(this::wakeAt);
    if (!facts.isEmpty() && !alive(kept.state()) && arrived.isEmpty()) {
      // it has ended: who wants to see it once more finds it in its journal
      claims.rest();
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
  }

  /** The end of a freeze sends no message: whoever waits for one looks. */
  private void thaws(Rulebook rules, RunState state) {
    if (Freezing.waits(rules, state)) {
      frozen = true;
      timers.startSingleTimer(THAW, new Own.Due(), THAW_EVERY);
    } else if (frozen) {
      frozen = false;
      Effects.standing(run, rules, state).forEach(doing::act);
    }
  }

  /** An alarm that is set for earlier stays: it costs a look, setting it anew costs every turn. */
  private void wakeAt(Instant at) {
    if (alarm.filter(set -> !set.isAfter(at)).isEmpty()) {
      alarm = Optional.of(at);
      Duration left = Duration.between(parts.clock().instant(), at);
      timers.startSingleTimer(
          DUE, new Own.Due(), left.isNegative() ? Duration.ZERO : left.plusMillis(1));
    }
  }

  private ReplyEffect<JournalRow<Turn>, Kept> due(Kept kept) {
    alarm = Optional.empty();
    return take(kept, new Stimulus.Tick(), Optional.empty());
  }

  private ReplyEffect<JournalRow<Turn>, Kept> await(RunState state, ActorRef<RunReply> replyTo) {
    if ((state.begun().isEmpty() && arrived.isEmpty() && storing.isEmpty())
        || answers.settled(state)) {
      return Effect().reply(replyTo, answers.told(state));
    }
    answers.await(replyTo);
    return Effect().noReply();
  }

  /** One timer, looked at when it is due: a receive timeout is set anew by every message. */
  private void rest(Duration idle) {
    heard = false;
    timers.startSingleTimer(IDLE, new Own.Idle(), idle);
  }

  private ReplyEffect<JournalRow<Turn>, Kept> idle(RunState state) {
    boolean quiet = !heard;
    rest(parts.settings().idle());
    if (!quiet) {
      return Effect().noReply();
    }
    boolean soon =
        Timers.next(state)
            .map(at -> at.isBefore(parts.clock().instant().plus(parts.settings().keepAwake())))
            .orElse(false);
    claims.rest();
    if (arrived.isEmpty()
        && storing.isEmpty()
        && !soon
        && !(state.phase() instanceof Phase.Frozen)
        && Summaries.status(state) != RunStatus.RUNNING) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().noReply();
  }
}
