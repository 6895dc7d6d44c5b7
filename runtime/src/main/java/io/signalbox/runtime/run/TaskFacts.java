package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.run.Fact;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/** What facts about tasks do to the state. Pure and total. */
final class TaskFacts {
  private TaskFacts() {}

  static RunState begin(RunState s, Fact.RunStarted f, Instant at) {
    JsonNode value = f.value().orElse(f.input());
    Activation root =
        Activation.fresh(
            RunState.ROOT,
            0,
            "",
            value,
            at,
            f.deadline(),
            Optional.empty(),
            new Work.Sequence(Cursor.start("/do", value)));
    return new RunState(
        new Phase.Running(),
        Optional.of(
            new Begun(
                f.workflow(),
                f.digest(),
                f.input(),
                f.labels(),
                f.startedBy(),
                at,
                f.deadline(),
                f.parent(),
                f.secretTag(),
                Optional.empty(),
                f.caller())),
        s.context(),
        s.live().plus(RunState.ROOT, root),
        s.nextSeq(),
        s.usage(),
        s.tools(),
        s.saga());
  }

  static RunState start(RunState s, Fact.TaskStarted f, Instant at) {
    Activation parent = s.get(f.parent());
    JsonNode raw = flowing(parent);
    JsonNode input = f.input().orElse(raw);
    Cursor body = Cursor.start(f.task() + "/do", input);
    Work work =
        switch (f.shape()) {
          case LEAF -> new Work.Fresh();
          case SEQUENCE -> new Work.Sequence(body);
          case LOOP -> new Work.Loop(f.items().orElse(NullNode.getInstance()), -1, body);
          case FORK -> Work.Forking.NONE;
          case MAP, COLLECT -> MapFacts.begun(f);
          case COMPENSATE -> new Work.Undoing(0, 0);
          case TRY ->
              new Work.Trying(
                  0,
                  Optional.empty(),
                  Optional.empty(),
                  at,
                  Cursor.start(f.task() + "/try", input),
                  Optional.empty());
        };
    Activation begun =
        new Activation(
            f.id(),
            f.parent(),
            f.task(),
            input,
            at,
            f.deadline(),
            Collections.emptySortedSet(),
            Optional.empty(),
            work,
            f.input().isPresent() ? Optional.of(raw) : Optional.empty(),
            Optional.empty());
    return moved(s.add(begun), f.parent(), f.task());
  }

  /** What flows into the next task below this one. */
  static JsonNode flowing(Activation parent) {
    return parent.work().list().map(Cursor::value).orElse(parent.input());
  }

  static RunState moved(RunState s, long parent, String step) {
    Activation a = s.get(parent);
    return a.work().list().map(c -> s.put(a.with(a.work().at(c.at(step))))).orElse(s);
  }

  static RunState complete(RunState s, Fact.TaskCompleted f) {
    Activation done = s.get(f.id());
    JsonNode output = f.output().orElseGet(() -> ExtensionFacts.known(done));
    RunState kept =
        f.compensable().map(variables -> SagaFacts.keep(s, done, output, variables)).orElse(s);
    RunState next =
        settleIn(kept.without(f.id()), done.parent(), f.task(), Optional.of(output), f.then());
    return f.context().map(next::with).orElse(next);
  }

  /** The step is done in its parent; without an output, what flowed in flows on. */
  static RunState settleIn(
      RunState s, long parent, String step, Optional<JsonNode> output, Optional<Flow> then) {
    Activation a = s.live().get(parent);
    if (a == null) {
      return s;
    }
    if (a.work() instanceof Work.Forking fork) {
      return s.put(a.with(fork.plus(step, output.orElse(a.input()))));
    }
    return a.work()
        .list()
        .map(c -> c.at(step).settle(output.orElse(c.value()), then))
        .map(c -> s.put(a.with(a.work().at(c))))
        .orElse(s);
  }

  static RunState iterate(RunState s, Fact.IterationStarted f) {
    Activation a = s.get(f.id());
    if (a.work() instanceof Work.Consuming w) {
      return s.put(a.with(HearingFacts.taken(w, f.index())));
    }
    Work.Loop loop = (Work.Loop) a.work();
    return s.put(
        a.with(
            new Work.Loop(
                loop.items(),
                f.index(),
                Cursor.start(loop.cursor().steps(), loop.cursor().value()))));
  }

  static RunState caught(RunState s, Fact.ErrorCaught f) {
    Activation a = s.get(f.id());
    Work.Trying w = (Work.Trying) a.work();
    return s.put(
        a.with(
            new Work.Trying(
                w.retries(),
                Optional.empty(),
                Optional.of(f.error()),
                w.since(),
                Cursor.start(f.task() + "/catch/do", a.input()),
                Optional.empty())));
  }

  static RunState pause(RunState s, Fact.RetryScheduled f) {
    Activation a = s.get(f.id());
    Work.Trying w = (Work.Trying) a.work();
    return s.put(
        a.with(
            new Work.Trying(
                f.attempt(),
                Optional.of(f.at()),
                Optional.empty(),
                w.since(),
                Cursor.start(w.cursor().steps(), a.input()),
                Optional.empty())));
  }

  static RunState again(RunState s, Fact.TaskRetried f) {
    Activation a = s.get(f.id());
    Work.Trying w = (Work.Trying) a.work();
    return s.put(
        a.with(
            new Work.Trying(
                w.retries(),
                Optional.empty(),
                Optional.empty(),
                w.since(),
                w.cursor(),
                f.until())));
  }
}
