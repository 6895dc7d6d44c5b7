package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunView.ForkedFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PMap;

/** What it means for the state that a run goes on by itself from here. Pure and total. */
final class ForkFacts {
  private ForkFacts() {}

  /**
   * What the run has done up to here stays the other run's to undo; a run that was held up or had
   * faulted goes on. Deadlines and timers have as long to go as they had when the turn was made.
   */
  static RunState fork(RunState s, Fact.RunForked f, Instant at) {
    Duration later = f.since().map(since -> Duration.between(since, at)).orElse(Duration.ZERO);
    Begun begun = s.began();
    RunState next =
        s.in(new Phase.Running())
            .with(
                new Begun(
                    f.workflow(),
                    f.digest(),
                    f.input().orElse(begun.input()),
                    begun.labels(),
                    f.by(),
                    begun.at(),
                    begun.deadline().map(deadline -> deadline.plus(later)),
                    Optional.empty(), // nobody waits for a fork
                    begun.secretTag(),
                    Optional.of(new ForkedFrom(f.run(), f.atSeq())),
                    f.caller()))
            .with(Saga.NOTHING)
            .holding(later(s.live(), later));
    RunState flowing = f.value().map(value -> flow(next, value)).orElse(next);
    return f.context().map(flowing::with).orElse(flowing);
  }

  private static PMap<Long, Activation> later(PMap<Long, Activation> live, Duration later) {
    PMap<Long, Activation> moved = live;
    for (Activation a : live.values()) {
      if (a.work() instanceof Work.Leaving) {
        moved = moved.minus(a.id()); // a child of the other run's
        continue;
      }
      moved =
          moved.plus(
              a.id(),
              a.moved(
                  a.parent(),
                  a.deadline().map(deadline -> deadline.plus(later)),
                  later(a.work(), later)));
    }
    return moved;
  }

  private static Work later(Work work, Duration later) {
    if (work instanceof Work.Waiting w) {
      return new Work.Waiting(w.until().plus(later));
    }
    return work instanceof Work.Trying w
        ? new Work.Trying(
            w.retries(),
            w.backoff().map(at -> at.plus(later)),
            w.handling(),
            w.since().plus(later),
            w.cursor(),
            w.until().map(at -> at.plus(later)))
        : work;
  }

  /** Another value flows into what the run does first. */
  private static RunState flow(RunState s, JsonNode value) {
    Activation root = s.get(RunState.ROOT);
    return s.put(root.taking(value, new Work.Sequence(Cursor.start("/do", value))));
  }
}
