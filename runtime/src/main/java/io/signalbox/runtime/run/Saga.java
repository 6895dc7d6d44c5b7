package io.signalbox.runtime.run;

import io.signalbox.protocol.run.RunView.FailedCompensation;
import io.signalbox.protocol.run.WorkflowError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.ConsPStack;
import org.pcollections.PStack;

/**
 * What a run could undo, and what it has undone.
 *
 * @param kept the task done last comes first
 * @param cause there once the whole run is undone
 */
public record Saga(
    List<Compensable> kept,
    Optional<Cause> cause,
    int completed,
    List<FailedCompensation> failures) {
  static final Saga NOTHING = new Saga(List.of(), Optional.empty(), 0, List.of());

  public Saga {
    // persistent, so that one more costs the same however many there are
    kept = kept instanceof PStack<Compensable> p ? p : ConsPStack.from(kept);
    failures = List.copyOf(failures);
  }

  /** Why the run is undone: an error, or somebody who cancelled it. */
  public record Cause(
      Optional<WorkflowError> error, Optional<String> by, Optional<String> reason) {}

  private PStack<Compensable> stack() {
    return (PStack<Compensable>) kept;
  }

  Saga keep(Compensable done) {
    return new Saga(stack().plus(done), cause, completed, failures);
  }

  Saga take(Compensable entry) {
    return new Saga(stack().minus(entry), cause, completed, failures);
  }

  Saga because(Cause why) {
    return new Saga(kept, Optional.of(why), completed, failures);
  }

  Saga undone() {
    return new Saga(kept, cause, completed + 1, failures);
  }

  Saga failed(FailedCompensation failure) {
    List<FailedCompensation> more = new ArrayList<>(failures);
    more.add(failure);
    return new Saga(kept, cause, completed, more);
  }
}
