package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Which transitions have been seen: each fact with what the activation it is about did before and
 * does after, and each stimulus with the phase it met and what came of it.
 */
final class Visited {
  /** What every run of this JVM's tests has visited. */
  static final Visited EVER = new Visited();

  private final Set<String> facts = new ConcurrentSkipListSet<>();
  private final Set<String> decisions = new ConcurrentSkipListSet<>();

  void happened(Fact fact, RunState before, RunState after) {
    long id = about(fact);
    String kind = fact.getClass().getSimpleName();
    facts.add(
        id == 0
            ? "%s: %s -> %s".formatted(kind, phase(before), phase(after))
            : "%s: %s -> %s".formatted(kind, work(before, id), work(after, id)));
  }

  void decided(Stimulus stimulus, RunState before, Decision decision) {
    String result =
        decision
            .refusal()
            .map(Refusal::getClass)
            .map(Class::getSimpleName)
            .orElse(
                decision.unfinished()
                    ? "more to do"
                    : decision.facts().isEmpty() ? "nothing" : "facts");
    decisions.add("%s: %s -> %s".formatted(name(stimulus), phase(before), result));
  }

  Set<String> facts() {
    return new TreeSet<>(facts);
  }

  Set<String> decisions() {
    return new TreeSet<>(decisions);
  }

  private static String name(Stimulus stimulus) {
    String kind = stimulus.getClass().getSimpleName();
    return switch (stimulus) {
      case Stimulus.Control c -> kind + " " + c.verb();
      case Stimulus.Performed p -> kind + " " + p.outcome().getClass().getSimpleName();
      case Stimulus.Resolved r -> kind + " " + r.outcome();
      case Stimulus.Decided d -> kind + " " + d.decision();
      default -> kind;
    };
  }

  private static String phase(RunState state) {
    return state.phase().getClass().getSimpleName();
  }

  /** The number of the activation; 0 where the fact is about the run. */
  private static long about(Fact fact) {
    Number id = component(fact, "id");
    Number parent = component(fact, "parent");
    return fact instanceof Fact.TaskSkipped ? parent.longValue() : id.longValue();
  }

  private static Number component(Fact fact, String name) {
    for (RecordComponent component : fact.getClass().getRecordComponents()) {
      if (component.getName().equals(name)) {
        try {
          Object value = component.getAccessor().invoke(fact);
          return value instanceof Number number ? number : 0;
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(String.valueOf(e.getMessage()), e);
        }
      }
    }
    return 0;
  }

  private static String work(RunState state, long id) {
    Activation a = state.live().get(id);
    if (a == null) {
      return "none";
    }
    String kind = a.work().getClass().getSimpleName();
    String asked = a.asked().isPresent() ? "asked " : "";
    return asked
        + switch (a.work()) {
          case Work.Calling w when w.kind() == CallKind.AGENT -> kind + " agent";
          case Work.Calling w -> kind + " " + w.stage();
          case Work.Trying w when w.backoff().isPresent() -> kind + " pausing";
          case Work.Trying w -> kind + (w.handling().isPresent() ? " handling" : " body");
          case Work.Approving w -> kind + " " + w.approval().status();
          case Work.Returned w -> kind + " " + w.outcome().getClass().getSimpleName();
          default -> kind;
        };
  }
}
