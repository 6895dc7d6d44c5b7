package io.signalbox.runtime.run;

import io.signalbox.protocol.definition.CallKind;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePSet;

/**
 * What a run's live activations add up to, kept along as they change, so that no turn has to look
 * at all of them: a fork of n branches costs n times the logarithm of n and not n squared. Derived:
 * it is never stored, and {@link #of} the same activations always gives an equal census.
 *
 * @param dues moments at which time alone makes an activation do something, earliest first
 * @param movable activations that can go on by themselves, oldest first
 * @param holding by agent call, how many of its tool calls wait for a person
 * @param busy activations at work, agent calls left out
 * @param agents agent calls under way
 * @param outside activations that wait for something other than time or an answer
 * @param children child runs that are waited for, or still have to be told to end
 */
record Census(
    TreePSet<Due> dues,
    TreePSet<Long> movable,
    PMap<Long, Integer> holding,
    int busy,
    int agents,
    int outside,
    int children) {
  static final Census EMPTY =
      new Census(
          TreePSet.<Due>empty(Comparator.naturalOrder()),
          TreePSet.<Long>empty(Comparator.naturalOrder()),
          HashTreePMap.empty(),
          0,
          0,
          0,
          0);

  /** A moment that one activation waits for. */
  record Due(Instant at, long id) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int time = at.compareTo(other.at);
      return time == 0 ? Long.compare(id, other.id) : time;
    }
  }

  static Census of(Map<Long, Activation> live) {
    Census census = EMPTY;
    for (Activation a : live.values()) {
      census = census.changed(null, a);
    }
    return census;
  }

  boolean atWork() {
    return busy > 0 || agents > holding.size();
  }

  /** Whether at most one answer is awaited, and no events: no other news is on its way then. */
  boolean lone() {
    return outside == 0 && busy + agents + children <= 1;
  }

  Optional<Instant> next() {
    return dues.isEmpty() ? Optional.empty() : Optional.of(dues.first().at());
  }

  /** Activations of which a moment has come, oldest first. */
  List<Long> due(Instant now) {
    List<Long> ids = new ArrayList<>();
    for (Due due : dues) {
      if (due.at().isAfter(now)) {
        break;
      }
      ids.add(due.id());
    }
    return ids.stream().distinct().sorted().toList();
  }

  /** With one activation changed, come ({@code was} is null) or gone ({@code is} is null). */
  Census changed(@Nullable Activation was, @Nullable Activation is) {
    Census without = was == null ? this : this.plus(was, -1);
    return is == null ? without : without.plus(is, 1);
  }

  private Census plus(Activation a, int sign) {
    TreePSet<Due> nextDues = dues;
    for (Due due : duesOf(a)) {
      nextDues = sign > 0 ? nextDues.plus(due) : nextDues.minus(due);
    }
    TreePSet<Long> nextMovable = movable;
    if (movable(a)) {
      nextMovable = sign > 0 ? movable.plus(a.id()) : movable.minus(a.id());
    }
    PMap<Long, Integer> nextHolding = holding;
    if (a.asked().isPresent() && holds(a.work())) {
      int held = holding.getOrDefault(a.parent(), 0) + sign;
      nextHolding = held == 0 ? holding.minus(a.parent()) : holding.plus(a.parent(), held);
    }
    return new Census(
        nextDues,
        nextMovable,
        nextHolding,
        busy + (busy(a) ? sign : 0),
        agents + (agent(a.work()) ? sign : 0),
        outside + (outside(a.work()) ? sign : 0),
        children + (ChildFacts.concern(a.work()) ? sign : 0));
  }

  private static List<Due> duesOf(Activation a) {
    List<Due> found = new ArrayList<>(2);
    a.deadline().ifPresent(at -> found.add(new Due(at, a.id())));
    Timers.due(a.work()).ifPresent(at -> found.add(new Due(at, a.id())));
    return found.size() == 2 && found.get(0).equals(found.get(1)) ? found.subList(0, 1) : found;
  }

  /** Whether {@link Deciding} would take it further without the outside. */
  private static boolean movable(Activation a) {
    return switch (a.work()) {
      case Work.Sequence _, Work.Loop _, Work.Extending _ -> a.children().isEmpty();
      case Work.Trying w -> a.children().isEmpty() && w.backoff().isEmpty();
      case Work.Forking _, Work.Mapping _ -> true;
      case Work.Item _, Work.Undoing _, Work.Undo _ -> a.children().isEmpty();
      case Work.Fresh _, Work.Returned _ -> a.asked().isEmpty();
      case Work.Held _ -> true;
      case Work.Approving w -> !w.approval().status().equals("open");
      case Work.Consuming w -> a.children().isEmpty() && !HearingFacts.idle(w);
      case Work.Waiting _, Work.Listening _, Work.Emitting _, Work.Calling _ -> false;
      case Work.Leaving _ -> false;
    };
  }

  private static boolean busy(Activation a) {
    return switch (a.work()) {
      case Work.Fresh _, Work.Emitting _ -> true;
      case Work.Calling w when w.kind() == CallKind.WORKFLOW -> ChildFacts.awaited(w).isEmpty();
      case Work.Calling w -> w.kind() != CallKind.AGENT && w.stage() != Stage.ASKING;
      case Work.Sequence _, Work.Loop _, Work.Extending _, Work.Forking _ -> a.children().isEmpty();
      case Work.Trying w -> a.children().isEmpty() && w.backoff().isEmpty();
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> a.children().isEmpty();
      case Work.Returned _ -> a.asked().isEmpty();
      // the end of a freeze is looked for as long as it takes
      case Work.Held w -> w.until().isEmpty();
      case Work.Consuming w -> a.children().isEmpty() && !HearingFacts.idle(w);
      case Work.Waiting _, Work.Listening _, Work.Approving _, Work.Leaving _ -> false;
    };
  }

  /** An agent that waits for a held tool call is not busy; the tool call speaks for itself. */
  private static boolean agent(Work work) {
    return work instanceof Work.Calling w && w.kind() == CallKind.AGENT;
  }

  private static boolean holds(Work work) {
    return work instanceof Work.Approving
        || (work instanceof Work.Held w && w.until().isPresent())
        || (work instanceof Work.Calling w && w.stage() == Stage.ASKING);
  }

  private static boolean outside(Work work) {
    return work instanceof Work.Listening
        || work instanceof Work.Held
        || (work instanceof Work.Consuming w && HearingFacts.idle(w))
        || holds(work);
  }
}
