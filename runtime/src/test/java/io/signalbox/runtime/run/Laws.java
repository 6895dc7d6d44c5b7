package io.signalbox.runtime.run;

import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What holds for every run, whatever happens to it; tells {@link Visited} what it has seen. */
final class Laws {
  private final Visited visited;
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Set<String> doubted = new HashSet<>();
  private final Set<String> settled = new HashSet<>();
  private long seq = 1;

  Laws(Visited visited) {
    this.visited = visited;
  }

  void decided(Stimulus stimulus, RunState before, Decision decision) {
    visited.decided(stimulus, before, decision);
    require(
        decision.refusal().isEmpty() || decision.facts().isEmpty(),
        () -> "a refusal leaves no facts");
  }

  void happened(Fact fact, RunState before, RunState after) {
    visited.happened(fact, before, after);
    require(
        before.nextSeq() == seq, () -> "history numbers are contiguous: " + seq + " at " + fact);
    seq += fact.width();
    require(
        after.nextSeq() == seq, () -> "history numbers are contiguous: " + seq + " after " + fact);
    if (fact instanceof Fact.TaskStarted f) {
      require(f.id() == before.nextSeq(), () -> "an activation has its fact's number: " + f);
    }
    call(fact);
  }

  /** A key is new, or its call is sent again after a doubt; what is settled stays settled. */
  private void call(Fact fact) {
    switch (fact) {
      case Fact.CallDispatched f -> {
        require(!settled.contains(f.key()), () -> "a settled call is not sent again: " + f);
        Integer last = attempts.put(f.key(), f.attempt());
        if (last == null) {
          require(f.attempt() == 1, () -> "the first attempt is 1: " + f);
        } else {
          require(f.attempt() > last, () -> "attempts count up: " + f);
          require(doubted.remove(f.key()), () -> "sent again without doubt: " + f);
        }
      }
      case Fact.CallProbed f -> {
        require(!settled.contains(f.key()), () -> "a settled call is not probed: " + f);
        require(doubted.contains(f.key()), () -> "probed without doubt: " + f);
        attempts.put(f.key(), f.attempt());
      }
      case Fact.CallUnknown f -> doubted.add(f.key());
      case Fact.CallSettled f ->
          require(settled.add(f.key()), () -> "a call is settled once: " + f);
      default -> {}
    }
  }

  /** The tree of what is under way hangs together, and a run that is over holds nothing. */
  void sound(RunState state) {
    boolean over =
        state.phase() instanceof Phase.Completed || state.phase() instanceof Phase.Cancelled;
    require(!over || state.live().isEmpty(), () -> "nothing is under way in a run that is over");
    for (Activation a : state.live().values()) {
      for (long child : a.children()) {
        Activation below = state.live().get(child);
        require(below != null && below.parent() == a.id(), () -> "child " + child + " of " + a);
      }
      Activation parent = state.live().get(a.parent());
      require(
          a.id() == RunState.ROOT || (parent != null && parent.children().contains(a.id())),
          () -> "an orphan: " + a);
    }
  }

  void same(String what, RunState one, RunState other) {
    String expected = Course.text(one);
    String actual = Course.text(other);
    require(expected.equals(actual), () -> what + " differs:\n" + expected + "\n" + actual);
  }

  static void require(boolean holds, Supplier<String> law) {
    if (!holds) {
      throw new AssertionError(law.get());
    }
  }
}
