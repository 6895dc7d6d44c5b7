package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.ApprovalView.Vote;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.run.Usage;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Everything a run knows, as the fold of its facts. {@link #after} is pure and total; it holds what
 * is under way and nothing of what is done, so that it stays small however long the run.
 *
 * @param live what is being carried out, by activation number; a faulted run keeps its composites,
 *     so that it can go on from the failed task
 * @param nextSeq the history number of the next fact
 */
public record RunState(
    Phase phase,
    Optional<Begun> begun,
    JsonNode context,
    PMap<Long, Activation> live,
    long nextSeq,
    Usage usage) {
  static final long ROOT = 1;

  public static final RunState UNSTARTED =
      new RunState(
          new Phase.Unstarted(),
          Optional.empty(),
          NullNode.getInstance(),
          HashTreePMap.empty(),
          1,
          Usage.NONE);

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
      case Fact.RunStarted f -> begin(f, at);
      case Fact.RunSuspended _ -> in(new Phase.Suspended());
      case Fact.RunResumed _ -> in(new Phase.Running());
      case Fact.RunRetried _ -> in(new Phase.Running());
      case Fact.RunCancelled _ -> in(new Phase.Cancelled(at)).holding(HashTreePMap.empty());
      case Fact.RunFaulted f -> in(new Phase.Faulted(f.error(), at));
      case Fact.RunCompleted f ->
          in(new Phase.Completed(f.output(), at)).holding(HashTreePMap.empty());
      case Fact.TaskStarted f -> start(f, at);
      case Fact.TaskSkipped f -> settleIn(f.parent(), f.task(), Optional.empty(), Optional.empty());
      case Fact.TaskCompleted f -> complete(f);
      case Fact.TaskFaulted f -> without(f.id());
      case Fact.TaskCancelled f -> without(f.id());
      case Fact.IterationStarted f -> iterate(f);
      case Fact.ErrorCaught f -> caught(f);
      case Fact.RetryScheduled f -> pause(f);
      case Fact.TaskRetried f -> again(f);
      case Fact.WaitStarted f -> working(f.id(), new Work.Waiting(f.until()));
      case Fact.ListenStarted f ->
          working(f.id(), new Work.Listening(f.subscription(), f.filter()));
      case Fact.EventReceived f -> returned(f.id(), f.event().data());
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
      case Fact.CallDispatched f ->
          working(
              f.id(),
              new Work.Calling(
                  f.key(),
                  f.attempt(),
                  Stage.SENT,
                  f.kind(),
                  f.target(),
                  f.arguments(),
                  f.tool(),
                  f.onUnknownOutcome(),
                  f.leaseUntil()));
      case Fact.CallUnknown f -> stage(f.id(), Stage.ASKING, Optional.empty());
      case Fact.CallProbed f -> stage(f.id(), Stage.PROBING, Optional.of(f));
      case Fact.CallSettled f -> settled(f);
      case Fact.CallResolved _ -> this;
      case Fact.ApprovalRequested f -> working(f.id(), new Work.Approving(asked(f, at)));
      case Fact.ApprovalEscalated f -> escalated(f);
      case Fact.ApprovalDecided f -> voted(f);
      case Fact.ApprovalExpired f -> approval(f.id(), "expired", Optional.empty());
    };
  }

  // -- the run -----------------------------------------------------------------------------------

  private RunState begin(Fact.RunStarted f, Instant at) {
    JsonNode value = f.value().orElse(f.input());
    Activation root =
        new Activation(
            ROOT,
            0,
            "",
            value,
            at,
            f.deadline(),
            List.of(),
            Optional.empty(),
            new Work.Sequence(Cursor.start("/do", value)));
    return new RunState(
        new Phase.Running(),
        Optional.of(
            new Begun(
                f.workflow(), f.digest(), f.input(), f.labels(), f.startedBy(), at, f.deadline())),
        context,
        live.plus(ROOT, root),
        nextSeq,
        usage);
  }

  private RunState in(Phase next) {
    return new RunState(next, begun, context, live, nextSeq, usage);
  }

  private RunState holding(PMap<Long, Activation> next) {
    return new RunState(phase, begun, context, next, nextSeq, usage);
  }

  private RunState counted(int width) {
    return new RunState(phase, begun, context, live, nextSeq + width, usage);
  }

  // -- tasks -------------------------------------------------------------------------------------

  private RunState start(Fact.TaskStarted f, Instant at) {
    Activation parent = get(f.parent());
    JsonNode input = f.input().orElse(flowing(parent));
    Cursor body = Cursor.start(f.task() + "/do", input);
    Work work =
        switch (f.shape()) {
          case LEAF -> new Work.Fresh();
          case SEQUENCE -> new Work.Sequence(body);
          case LOOP -> new Work.Loop(f.items().orElse(NullNode.getInstance()), -1, body);
          case FORK -> new Work.Forking(Map.of());
          case TRY ->
              new Work.Trying(
                  0,
                  Optional.empty(),
                  Optional.empty(),
                  at,
                  Cursor.start(f.task() + "/try", input));
        };
    return add(new Activation(
            f.id(),
            f.parent(),
            f.task(),
            input,
            at,
            f.deadline(),
            List.of(),
            Optional.empty(),
            work))
        .moved(f.parent(), f.task());
  }

  /** What flows into the next task below this one. */
  static JsonNode flowing(Activation parent) {
    return cursor(parent.work()).map(Cursor::value).orElse(parent.input());
  }

  static Optional<Cursor> cursor(Work work) {
    return switch (work) {
      case Work.Sequence w -> Optional.of(w.cursor());
      case Work.Loop w -> Optional.of(w.cursor());
      case Work.Trying w -> Optional.of(w.cursor());
      case Work.Fresh _, Work.Forking _, Work.Waiting _, Work.Listening _, Work.Emitting _ ->
          Optional.empty();
      case Work.Approving _, Work.Calling _, Work.Returned _ -> Optional.empty();
    };
  }

  private static Work withCursor(Work work, Cursor cursor) {
    return switch (work) {
      case Work.Sequence _ -> new Work.Sequence(cursor);
      case Work.Loop w -> new Work.Loop(w.items(), w.index(), cursor);
      case Work.Trying w ->
          new Work.Trying(w.retries(), w.backoff(), w.handling(), w.since(), cursor);
      case Work.Fresh _, Work.Forking _, Work.Waiting _, Work.Listening _, Work.Emitting _ -> work;
      case Work.Approving _, Work.Calling _, Work.Returned _ -> work;
    };
  }

  private RunState moved(long parent, String step) {
    Activation a = get(parent);
    return cursor(a.work()).map(c -> put(a.with(withCursor(a.work(), c.at(step))))).orElse(this);
  }

  private RunState complete(Fact.TaskCompleted f) {
    Activation done = get(f.id());
    JsonNode output =
        f.output()
            .orElseGet(
                () ->
                    done.work() instanceof Work.Returned(Outcome.Succeeded ok)
                        ? ok.result()
                        : done.input());
    RunState next =
        without(f.id()).settleIn(done.parent(), f.task(), Optional.of(output), f.then());
    return f.context()
        .map(c -> new RunState(next.phase, next.begun, c, next.live, next.nextSeq, next.usage))
        .orElse(next);
  }

  /** The step is done in its parent; without an output, what flowed in flows on. */
  private RunState settleIn(
      long parent,
      String step,
      Optional<JsonNode> output,
      Optional<io.signalbox.protocol.definition.Flow> then) {
    Activation a = live.get(parent);
    if (a == null) {
      return this;
    }
    if (a.work() instanceof Work.Forking fork) {
      Map<String, JsonNode> results = new HashMap<>(fork.results());
      results.put(step, output.orElse(a.input()));
      return put(a.with(new Work.Forking(results)));
    }
    return cursor(a.work())
        .map(c -> c.at(step).settle(output.orElse(c.value()), then))
        .map(c -> put(a.with(withCursor(a.work(), c))))
        .orElse(this);
  }

  private RunState iterate(Fact.IterationStarted f) {
    Activation a = get(f.id());
    Work.Loop loop = (Work.Loop) a.work();
    return put(
        a.with(
            new Work.Loop(
                loop.items(),
                f.index(),
                Cursor.start(loop.cursor().steps(), loop.cursor().value()))));
  }

  private RunState caught(Fact.ErrorCaught f) {
    Activation a = get(f.id());
    Work.Trying w = (Work.Trying) a.work();
    return put(
        a.with(
            new Work.Trying(
                w.retries(),
                Optional.empty(),
                Optional.of(f.error()),
                w.since(),
                Cursor.start(f.task() + "/catch/do", a.input()))));
  }

  private RunState pause(Fact.RetryScheduled f) {
    Activation a = get(f.id());
    Work.Trying w = (Work.Trying) a.work();
    return put(
        a.with(
            new Work.Trying(
                f.attempt(),
                Optional.of(f.at()),
                Optional.empty(),
                w.since(),
                Cursor.start(w.cursor().steps(), a.input()))));
  }

  private RunState again(Fact.TaskRetried f) {
    Activation a = get(f.id());
    Work.Trying w = (Work.Trying) a.work();
    return put(
        a.with(
            new Work.Trying(
                w.retries(), Optional.empty(), Optional.empty(), w.since(), w.cursor())));
  }

  // -- calls and approvals -----------------------------------------------------------------------

  private RunState stage(long id, Stage stage, Optional<Fact.CallProbed> probe) {
    Activation a = live.get(id);
    if (a == null || !(a.work() instanceof Work.Calling w)) {
      return this;
    }
    return put(
        a.with(
            new Work.Calling(
                w.key(),
                probe.map(Fact.CallProbed::attempt).orElse(w.attempt()),
                stage,
                w.kind(),
                w.target(),
                w.arguments(),
                w.tool(),
                w.onUnknownOutcome(),
                probe.map(Fact.CallProbed::leaseUntil).orElse(w.leaseUntil()))));
  }

  private RunState settled(Fact.CallSettled f) {
    RunState next = working(f.id(), new Work.Returned(f.outcome()));
    Usage drawn = f.outcome() instanceof Outcome.Succeeded ok ? ok.usage() : new Usage(1, 0, 0, 0);
    return new RunState(
        next.phase, next.begun, next.context, next.live, next.nextSeq, next.usage.plus(drawn));
  }

  private RunState returned(long id, JsonNode result) {
    return working(id, new Work.Returned(new Outcome.Succeeded(result, Usage.NONE)));
  }

  private static ApprovalView asked(Fact.ApprovalRequested f, Instant at) {
    return new ApprovalView(
        f.approvalId(),
        "",
        f.task(),
        "open",
        f.title(),
        f.details(),
        f.tool(),
        f.arguments(),
        f.argumentsHash(),
        f.risk(),
        f.requestedBy(),
        f.approvers(),
        f.quorum(),
        at,
        f.expires(),
        f.escalate(),
        0,
        List.of());
  }

  private RunState escalated(Fact.ApprovalEscalated f) {
    Activation a = get(f.id());
    ApprovalView v = ((Work.Approving) a.work()).approval();
    List<String> approvers = Stream.concat(v.approvers().stream(), f.to().stream()).toList();
    return put(
        a.with(
            new Work.Approving(Approvals.with(v, v.status(), approvers, f.step(), v.decisions()))));
  }

  private RunState voted(Fact.ApprovalDecided f) {
    String verdict =
        f.settled() ? (f.vote().decision().equals("approve") ? "approved" : "rejected") : "open";
    return approval(f.id(), verdict, Optional.of(f.vote()));
  }

  private RunState approval(long id, String status, Optional<Vote> vote) {
    Activation a = get(id);
    ApprovalView v = ((Work.Approving) a.work()).approval();
    List<Vote> votes = new ArrayList<>(v.decisions());
    vote.ifPresent(votes::add);
    return put(
        a.with(new Work.Approving(Approvals.with(v, status, v.approvers(), v.escalated(), votes))));
  }

  // -- the tree of activations -------------------------------------------------------------------

  Activation get(long id) {
    Activation a = live.get(id);
    if (a == null) {
      throw new IllegalStateException("no activation " + id);
    }
    return a;
  }

  private RunState put(Activation a) {
    return holding(live.plus(a.id(), a));
  }

  private RunState working(long id, Work work) {
    return put(get(id).with(work));
  }

  private Activation child(
      long id, long parent, String task, Instant at, Activation.Asked asked, Work work) {
    return new Activation(
        id,
        parent,
        task,
        get(parent).input(),
        at,
        Optional.empty(),
        List.of(),
        Optional.of(asked),
        work);
  }

  private RunState add(Activation a) {
    return put(a).put(get(a.parent()).adopt(a.id()));
  }

  /** Without this activation and all below it. */
  private RunState without(long id) {
    Activation a = live.get(id);
    if (a == null) {
      return this;
    }
    PMap<Long, Activation> rest = live;
    for (long gone : below(id)) {
      rest = rest.minus(gone);
    }
    rest = rest.minus(id);
    Activation parent = rest.get(a.parent());
    return holding(parent == null ? rest : rest.plus(parent.id(), parent.lose(id)));
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
