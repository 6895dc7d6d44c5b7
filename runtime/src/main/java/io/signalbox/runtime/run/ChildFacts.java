package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What facts about child runs do to the state. Pure and total. */
final class ChildFacts {
  private ChildFacts() {}

  /** From here on the call says which run carries it out, of which version of the workflow. */
  static RunState pinned(RunState s, Fact.ChildPinned f) {
    Activation a = s.live().get(f.id());
    if (a == null || !(a.work() instanceof Work.Calling w)) {
      return s;
    }
    ObjectNode arguments = w.arguments().deepCopy();
    arguments.put("run", f.run());
    arguments.put("version", f.workflow().version());
    arguments.put("digest", f.digest());
    return s.put(
        a.with(
            new Work.Calling(
                w.key(),
                w.attempt(),
                w.stage(),
                w.kind(),
                w.target(),
                arguments,
                w.tool(),
                w.onUnknownOutcome(),
                w.leaseUntil())));
  }

  /** Without the activation and all below it; the child runs it awaited stay to be ended. */
  static RunState abandon(RunState s, long id) {
    Activation gone = s.live().get(id);
    if (gone == null || gone.work() instanceof Work.Leaving) {
      return s;
    }
    List<Long> family = new ArrayList<>(s.below(id));
    family.add(id);
    RunState rest = s.without(id);
    for (long member : family) {
      Optional<Activation> left = leaving(s.get(member));
      rest = left.isPresent() ? rest.put(left.get()) : rest;
    }
    return rest;
  }

  /** What outlasts the run's end. */
  static List<Activation> leaving(Map<Long, Activation> live) {
    return live.values().stream().flatMap(a -> leaving(a).stream()).toList();
  }

  private static Optional<Activation> leaving(Activation a) {
    if (a.work() instanceof Work.Leaving) {
      return Optional.of(a);
    }
    return a.work() instanceof Work.Calling w
        ? awaited(w).map(child -> leaving(a, new Work.Leaving(w.key(), child)))
        : Optional.empty();
  }

  /** Whether messages to or from a child run may have to be said again. */
  static boolean concern(Work work) {
    return work instanceof Work.Leaving || awaited(work).isPresent();
  }

  /** The child run that this work waits for, once it is pinned. */
  static Optional<String> awaited(Work work) {
    return work instanceof Work.Calling w
            && w.kind() == CallKind.WORKFLOW
            && w.arguments().path("await").asBoolean(true)
            && w.arguments().has("run")
        ? Optional.of(w.arguments().path("run").asText())
        : Optional.empty();
  }

  private static Activation leaving(Activation a, Work.Leaving work) {
    return Activation.fresh(
        a.id(), 0, a.task(), a.input(), a.startedAt(), Optional.empty(), Optional.empty(), work);
  }
}
