package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.run.ApprovalFacts;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Everything a run knows, as the fold of its facts. {@link #after} is pure and total; it holds what
 * is under way and nothing of what is done, so that it stays small however long the run.
 *
 * <p>Longer than 300 lines because what every fact does to a run stands in one switch.
 *
 * @param live what is being carried out, by activation number; a faulted run keeps its composites,
 *     so that it can go on from the failed task
 * @param nextSeq the history number of the next fact
 * @param tools the tools called so far, by name, as they were when last called
 * @param census derived from {@code live}
 */
public record RunState(
    Phase phase,
    Optional<Begun> begun,
    JsonNode context,
    PMap<Long, Activation> live,
    long nextSeq,
    Usage usage,
    PMap<String, ToolDefinition> tools,
    Saga saga,
    Census census) {
  static final long ROOT = 1;

  /** With what the live activations add up to counted anew. */
  public RunState(
      Phase phase,
      Optional<Begun> begun,
      JsonNode context,
      PMap<Long, Activation> live,
      long nextSeq,
      Usage usage,
      PMap<String, ToolDefinition> tools,
      Saga saga) {
    this(phase, begun, context, live, nextSeq, usage, tools, saga, Census.of(live));
  }

  public static final RunState UNSTARTED =
      new RunState(
          new Phase.Unstarted(),
          Optional.empty(),
          NullNode.getInstance(),
          HashTreePMap.empty(),
          1,
          Usage.NONE,
          HashTreePMap.empty(),
          Saga.NOTHING);

  public RunState after(Turn turn) {
    RunState state = this;
    for (Fact fact : turn.facts()) {
      state = state.after(fact, turn.at());
    }
    return state;
  }

  RunState after(Fact fact, Instant at) {
    return apply(fact, at).counted(fact.width());
  }

  private RunState apply(Fact fact, Instant at) {
    return switch (fact) {
      case Fact.RunStarted f -> TaskFacts.begin(this, f, at);
      case Fact.RunSuspended _ -> in(new Phase.Suspended());
      case Fact.RunResumed _ -> in(new Phase.Running());
      case Fact.RunRetried _ -> in(new Phase.Running());
      case Fact.RunFrozen f -> in(new Phase.Frozen(f.rule(), f.scope(), f.reason()));
      case Fact.RunThawed _ -> in(new Phase.Running());
      case Fact.RunCancelled _ -> over(new Phase.Cancelled(at));
      case Fact.RunFaulted f when saga.cause().isPresent() ->
          over(new Phase.Faulted(f.error(), at));
      case Fact.RunFaulted f -> in(new Phase.Faulted(f.error(), at));
      case Fact.RunCompleted f -> over(new Phase.Completed(f.output(), at));
      case Fact.RunDeleted f -> deleted(f.status(), at);
      case Fact.TaskStarted f -> TaskFacts.start(this, f, at);
      case Fact.TaskExtended f -> ExtensionFacts.extend(this, f);
      case Fact.ExtensionStarted f -> ExtensionFacts.begin(this, f);
      case Fact.TaskEntered f -> ExtensionFacts.enter(this, f, at);
      case Fact.TaskReturned f -> ExtensionFacts.returned(this, f);
      case Fact.TaskSkipped f ->
          TaskFacts.settleIn(this, f.parent(), f.task(), Optional.empty(), Optional.empty());
      case Fact.TaskCompleted f -> TaskFacts.complete(this, f);
      case Fact.TaskFaulted f -> ChildFacts.abandon(this, f.id());
      case Fact.TaskCancelled f -> ChildFacts.abandon(this, f.id());
      case Fact.IterationStarted f -> TaskFacts.iterate(this, f);
      case Fact.ErrorCaught f -> TaskFacts.caught(this, f);
      case Fact.RetryScheduled f -> TaskFacts.pause(this, f);
      case Fact.TaskRetried f -> TaskFacts.again(this, f);
      case Fact.WaitStarted f -> working(f.id(), new Work.Waiting(f.until()));
      case Fact.ListenStarted f -> HearingFacts.begin(this, f);
      case Fact.EventReceived f -> HearingFacts.received(this, f);
      case Fact.EventProcessed f -> HearingFacts.processed(this, f);
      case Fact.EventEmitted f -> working(f.id(), new Work.Emitting(f.event()));
      case Fact.ToolRequested f ->
          add(
              child(
                  f.id(),
                  f.parent(),
                  f.task(),
                  at,
                  new Activation.Asked(f.session(), f.callId(), f.tool(), f.arguments()),
                  new Work.Fresh()));
      case Fact.CallJudged _ -> this;
      case Fact.ToolRefused f ->
          add(
              child(
                  f.id(),
                  f.parent(),
                  f.task(),
                  at,
                  new Activation.Asked(f.session(), f.callId(), f.tool(), f.arguments()),
                  new Work.Returned(
                      new Outcome.Failed("authorization", 403, f.why(), Optional.empty()))));
      case Fact.CallDispatched f -> CallFacts.dispatched(this, f);
      case Fact.CallHeld f -> CallFacts.held(this, f);
      case Fact.CallUnknown f -> CallFacts.stage(this, f.id(), Stage.ASKING, Optional.empty());
      case Fact.CallProbed f -> CallFacts.stage(this, f.id(), Stage.PROBING, Optional.of(f));
      case Fact.CallSettled f -> CallFacts.settled(this, f);
      case Fact.CallResolved _, Fact.CallGuarded _ -> this;
      case Fact.ApprovalRequested f -> working(f.id(), new Work.Approving(CallFacts.asked(f, at)));
      case Fact.ApprovalEscalated f ->
          CallFacts.asking(this, f.id(), v -> ApprovalFacts.escalated(v, f));
      case Fact.ApprovalDecided f -> CallFacts.asking(this, f.id(), v -> ApprovalFacts.voted(v, f));
      case Fact.ApprovalExpired f ->
          CallFacts.asking(this, f.id(), v -> ApprovalFacts.with(v, "expired"));
      case Fact.ApprovalClaimed f ->
          CallFacts.asking(this, f.id(), v -> ApprovalFacts.claimed(v, f));
      case Fact.ApprovalReleased f -> CallFacts.asking(this, f.id(), ApprovalFacts::released);
      case Fact.ApprovalDelegated f ->
          CallFacts.asking(this, f.id(), v -> ApprovalFacts.delegated(v, f));
      case Fact.GrantUsed _ -> this;
      case Fact.ItemStarted f -> MapFacts.start(this, f, at);
      case Fact.ItemCompleted f -> MapFacts.complete(this, f);
      case Fact.ItemFaulted f -> MapFacts.fail(this, f);
      case Fact.RunLabelled f -> with(began().labelled(f.labels(), f.removed()));
      case Fact.RunCompensating f -> SagaFacts.begin(this, f);
      case Fact.CompensationStarted f -> SagaFacts.start(this, f, at);
      case Fact.CompensationCompleted f -> SagaFacts.complete(this, f.id());
      case Fact.CompensationFaulted f -> SagaFacts.fail(this, f);
      case Fact.RunMigrated f -> with(began().migrated(f.workflow(), f.digest()));
      case Fact.RunForked f -> ForkFacts.fork(this, f, at);
      case Fact.ChildPinned f -> ChildFacts.pinned(this, f);
      case Fact.ChildReleased f -> dropping(f.id());
    };
  }

  private RunState deleted(RunStatus was, Instant at) {
    return new RunState(
        new Phase.Deleted(was, at),
        Optional.empty(),
        NullNode.getInstance(),
        HashTreePMap.empty(),
        nextSeq,
        Usage.NONE,
        HashTreePMap.empty(),
        Saga.NOTHING);
  }

  // -- the run -----------------------------------------------------------------------------------

  RunState in(Phase next) {
    return new RunState(next, begun, context, live, nextSeq, usage, tools, saga, census);
  }

  /** Nothing outlasts the end but child runs that have to be told of it. */
  private RunState over(Phase end) {
    RunState empty =
        new RunState(
            end, begun, context, HashTreePMap.empty(), nextSeq, usage, tools, saga, Census.EMPTY);
    for (Activation left : ChildFacts.leaving(live)) {
      empty = empty.put(left);
    }
    return empty;
  }

  /** With these activations instead, counted anew. */
  RunState holding(PMap<Long, Activation> next) {
    return new RunState(phase, begun, context, next, nextSeq, usage, tools, saga);
  }

  RunState with(JsonNode nextContext) {
    return new RunState(phase, begun, nextContext, live, nextSeq, usage, tools, saga, census);
  }

  RunState knowing(ToolDefinition tool) {
    return new RunState(
        phase, begun, context, live, nextSeq, usage, tools.plus(tool.name(), tool), saga, census);
  }

  RunState with(Begun next) {
    return new RunState(
        phase, Optional.of(next), context, live, nextSeq, usage, tools, saga, census);
  }

  RunState with(Saga next) {
    return new RunState(phase, begun, context, live, nextSeq, usage, tools, next, census);
  }

  Begun began() {
    return begun.orElseThrow(() -> new IllegalStateException("the run has not begun"));
  }

  RunState drawing(Usage drawn) {
    return new RunState(
        phase, begun, context, live, nextSeq, usage.plus(drawn), tools, saga, census);
  }

  private RunState counted(int width) {
    return new RunState(phase, begun, context, live, nextSeq + width, usage, tools, saga, census);
  }

  // -- the tree of activations -------------------------------------------------------------------

  Activation get(long id) {
    Activation a = live.get(id);
    if (a == null) {
      throw new IllegalStateException("no activation " + id);
    }
    return a;
  }

  RunState put(Activation a) {
    return new RunState(
        phase,
        begun,
        context,
        live.plus(a.id(), a),
        nextSeq,
        usage,
        tools,
        saga,
        census.changed(live.get(a.id()), a));
  }

  RunState working(long id, Work work) {
    return put(get(id).with(work));
  }

  private Activation child(
      long id, long parent, String task, Instant at, Activation.Asked asked, Work work) {
    return Activation.fresh(
        id, parent, task, get(parent).input(), at, Optional.empty(), Optional.of(asked), work);
  }

  RunState add(Activation a) {
    return put(a).put(get(a.parent()).adopt(a.id()));
  }

  /** Without this activation and all below it. */
  RunState without(long id) {
    Activation a = live.get(id);
    if (a == null) {
      return this;
    }
    RunState rest = this;
    for (long gone : below(id)) {
      rest = rest.dropping(gone);
    }
    rest = rest.dropping(id);
    Activation parent = rest.live.get(a.parent());
    return parent == null ? rest : rest.put(parent.lose(id));
  }

  private RunState dropping(long id) {
    return new RunState(
        phase,
        begun,
        context,
        live.minus(id),
        nextSeq,
        usage,
        tools,
        saga,
        census.changed(live.get(id), null));
  }

  /** Everything below an activation, nearest first. */
  List<Long> below(long id) {
    List<Long> found = new ArrayList<>();
    Activation a = live.get(id);
    if (a != null) {
      for (long child : a.children()) {
        found.add(child);
        found.addAll(below(child));
      }
    }
    return found;
  }
}
