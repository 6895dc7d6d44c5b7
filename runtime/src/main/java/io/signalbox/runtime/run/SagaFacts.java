package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunView.FailedCompensation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** What facts about compensations do to the state. Pure and total. */
final class SagaFacts {
  /** Where in a task its compensation stands. */
  static final String PLACE = "/metadata/signalbox/compensate";

  private SagaFacts() {}

  /** The task is done and may have to be undone. */
  static RunState keep(RunState s, Activation done, JsonNode output, JsonNode variables) {
    List<Long> within = new ArrayList<>();
    for (Activation at = s.live().get(done.parent()); at != null; at = s.live().get(at.parent())) {
      within.add(at.id());
    }
    return s.with(
        s.saga()
            .keep(
                new Compensable(done.id(), done.task(), done.input(), output, variables, within)));
  }

  /** Only the compensations that are under way already stay, now as the run's own. */
  static RunState begin(RunState s, Fact.RunCompensating f) {
    Activation root = s.get(RunState.ROOT);
    Activation undoing =
        Activation.fresh(
            RunState.ROOT,
            0,
            "",
            root.input(),
            root.startedAt(),
            Optional.empty(),
            Optional.empty(),
            new Work.Undoing(0, 0));
    PMap<Long, Activation> live = HashTreePMap.empty();
    for (Activation a : s.live().values()) {
      if (a.work() instanceof Work.Undo) {
        undoing = undoing.adopt(a.id());
        live = live.plus(a.id(), a.moved(RunState.ROOT, a.deadline(), a.work()));
        for (long below : s.below(a.id())) {
          live = live.plus(below, s.get(below));
        }
      } else if (a.work() instanceof Work.Leaving) {
        live = live.plus(a.id(), a); // a child run that has to be told to end
      }
    }
    return s.in(new Phase.Running())
        .holding(live.plus(RunState.ROOT, undoing))
        .with(s.saga().because(new Saga.Cause(f.error(), f.by(), f.reason())));
  }

  static RunState start(RunState s, Fact.CompensationStarted f, Instant at) {
    Compensable entry =
        s.saga().kept().stream()
            .filter(kept -> kept.id() == f.of())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing to undo of " + f.of()));
    Activation undo =
        Activation.fresh(
            f.id(),
            f.parent(),
            f.task(),
            entry.output(),
            at,
            Optional.empty(),
            Optional.empty(),
            new Work.Undo(entry, Cursor.start(f.task(), entry.output())));
    return s.add(undo).with(s.saga().take(entry));
  }

  static RunState complete(RunState s, long id) {
    return counted(s, s.get(id).parent(), 1, 0).without(id).with(s.saga().undone());
  }

  static RunState fail(RunState s, Fact.CompensationFaulted f) {
    Activation a = s.live().get(f.id());
    RunState next = a == null ? s : counted(s, a.parent(), 0, 1).without(f.id());
    return next.with(s.saga().failed(new FailedCompensation(f.task(), f.error())));
  }

  private static RunState counted(RunState s, long parent, int completed, int failed) {
    Activation a = s.live().get(parent);
    return a != null && a.work() instanceof Work.Undoing w
        ? s.put(a.with(new Work.Undoing(w.completed() + completed, w.failed() + failed)))
        : s;
  }
}
