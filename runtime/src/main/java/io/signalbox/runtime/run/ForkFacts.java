package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunView.ForkedFrom;
import java.util.Optional;

/** What it means for the state that a run goes on by itself from here. Pure and total. */
final class ForkFacts {
  private ForkFacts() {}

  /**
   * What the run has done up to here stays the other run's to undo; a run that was held up or had
   * faulted goes on.
   */
  static RunState fork(RunState s, Fact.RunForked f) {
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
                    begun.deadline(),
                    Optional.of(new ForkedFrom(f.run(), f.atSeq()))))
            .with(Saga.NOTHING);
    RunState flowing = f.value().map(value -> flow(next, value)).orElse(next);
    return f.context().map(flowing::with).orElse(flowing);
  }

  /** Another value flows into what the run does first. */
  private static RunState flow(RunState s, JsonNode value) {
    Activation root = s.get(RunState.ROOT);
    Activation other =
        new Activation(
            root.id(),
            root.parent(),
            root.task(),
            value,
            root.startedAt(),
            root.deadline(),
            root.children(),
            root.asked(),
            new Work.Sequence(Cursor.start("/do", value)));
    return s.put(other);
  }
}
