package io.signalbox.runtime.run;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand.Verb;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The outside as a function: what becomes of a call depends on its task and on how often that task
 * has begun, never on when it is asked or how often it was sent. So a run that crashed meets the
 * same world as one that did not.
 */
final class SteadyWorld {
  private static final int STEPS = 150;

  private final Course course;
  private final long seed;
  private final Map<String, Integer> begun = new HashMap<>();
  private final Map<Long, String> labels = new HashMap<>();
  private final Map<Long, Integer> wanted = new HashMap<>();
  private int seen;
  private int retries;

  SteadyWorld(Course course, long seed) {
    this.course = course;
    this.seed = seed;
  }

  /** Answers whatever the run waits for, one thing after the other, until it has ended. */
  void play() {
    for (int step = 0; step < STEPS && goesOn(step); step++) {
      SplittableRandom chance = chance("step " + step);
      boolean suspended = course.state.phase() instanceof Phase.Suspended;
      if (suspended && chance.nextInt(3) == 0) {
        course.give(control(Verb.RESUME));
      } else if (!suspended && chance.nextInt(40) == 0) {
        course.give(control(Verb.SUSPEND));
      } else {
        act(chance, suspended);
      }
    }
    if (course.alive()) {
      course.cutShort = true;
      course.give(Course.cancel());
    }
  }

  /** A faulted run is tried again, at most twice. */
  private boolean goesOn(int step) {
    if (course.state.phase() instanceof Phase.Faulted
        && retries < 2
        && chance("retry " + step).nextBoolean()) {
      retries++;
      course.give(control(Verb.RETRY));
    }
    return course.alive();
  }

  private void act(SplittableRandom chance, boolean suspended) {
    label();
    List<Activation> pending =
        course.state.live().values().stream()
            .filter(SteadyWorld::waits)
            .sorted(Comparator.comparingLong(Activation::id))
            .toList();
    Optional<Instant> time = suspended ? Optional.empty() : next(course.state);
    int choices = pending.size() + (time.isPresent() ? 1 : 0);
    if (choices == 0) {
      Laws.require(suspended, () -> "a running run waits for something");
      course.give(control(Verb.RESUME));
      return;
    }
    int chosen = chance.nextInt(choices);
    if (chosen < pending.size()) {
      answer(pending.get(chosen).id());
    } else {
      Instant at = time.orElseThrow();
      course.now = at.isAfter(course.now) ? at : course.now;
      course.give(new Stimulus.Tick());
    }
  }

  private static boolean waits(Activation a) {
    return switch (a.work()) {
      case Work.Calling _, Work.Emitting _, Work.Listening _ -> true;
      case Work.Approving w -> w.approval().status().equals("open");
      default -> false;
    };
  }

  /** When time alone makes the run go on; not when a call is given up, which a crash moves. */
  private static Optional<Instant> next(RunState state) {
    return state.live().values().stream()
        .flatMap(
            a ->
                Stream.concat(
                    a.deadline().stream(),
                    a.work() instanceof Work.Calling
                        ? Stream.of()
                        : Timers.next(only(state, a)).stream()))
        .min(Comparator.naturalOrder());
  }

  private static RunState only(RunState state, Activation a) {
    return new RunState(
        state.phase(),
        state.begun(),
        state.context(),
        org.pcollections.HashTreePMap.singleton(a.id(), a),
        state.nextSeq(),
        state.usage(),
        state.tools());
  }

  // -- answers -----------------------------------------------------------------------------------

  private void answer(long id) {
    for (int i = 0; i < 60; i++) {
      Activation a = course.state.live().get(id);
      if (a == null || !waits(a)) {
        return;
      }
      switch (a.work()) {
        case Work.Calling w when w.kind() == CallKind.AGENT -> agent(a, w);
        case Work.Calling w -> call(a, w);
        case Work.Emitting _ ->
            course.give(
                new Stimulus.Performed(
                    Course.RUN.id() + "-" + id,
                    1,
                    new Outcome.Succeeded(Json.object(), io.signalbox.protocol.run.Usage.NONE)));
        case Work.Listening w ->
            course.give(
                new Stimulus.Delivered(
                    w.subscription(),
                    Worlds.event(label(id), Worlds.result(chance(label(id))))));
        case Work.Approving w -> vote(a, w);
        default -> throw new AssertionError(a);
      }
      if (!(a.work() instanceof Work.Calling w) || w.kind() == CallKind.AGENT) {
        return;
      }
    }
    throw new AssertionError("a call that never settles: " + course.state.live().get(id));
  }

  private void call(Activation a, Work.Calling w) {
    Outcome outcome = Worlds.outcome(chance(label(a.id())));
    boolean tookEffect = outcome instanceof Outcome.Succeeded;
    switch (w.stage()) {
      case SENT -> course.give(new Stimulus.Performed(w.key(), w.attempt(), outcome));
      case PROBING ->
          course.give(
              new Stimulus.Performed(
                  w.key(), w.attempt(), tookEffect ? outcome : new Outcome.Absent()));
      case ASKING ->
          course.give(
              new Stimulus.Resolved(
                  a.task(),
                  tookEffect ? "succeeded" : "retry",
                  outcome instanceof Outcome.Succeeded ok
                      ? Optional.of(ok.result())
                      : Optional.empty(),
                  "seen",
                  "user:ada"));
    }
  }

  /** An agent wants some tools before it answers. */
  private void agent(Activation a, Work.Calling w) {
    SplittableRandom chance = chance(label(a.id()));
    int wants = chance.nextInt(3);
    int asked = wanted.merge(a.id(), 1, Integer::sum);
    if (asked <= wants) {
      course.give(
          new Stimulus.ToolWanted(
              new SessionId("default", "helper", "s"),
              w.key(),
              "c" + asked,
              List.of("idempotent", "held", "ask").get(chance.nextInt(3)),
              Json.object().put("n", asked)));
    } else {
      course.give(new Stimulus.Performed(w.key(), w.attempt(), Worlds.outcome(chance)));
    }
  }

  private void vote(Activation a, Work.Approving w) {
    int votes = w.approval().decisions().size();
    boolean yes = chance(label(a.id()) + " vote " + votes).nextInt(5) > 0;
    course.give(
        new Stimulus.Decided(
            w.approval().id(),
            yes ? "approve" : "reject",
            new Principal("default", "user:boss" + votes, Set.of("boss"), false),
            Optional.of("fine")));
  }

  private static Stimulus control(Verb verb) {
    return new Stimulus.Control(verb, "user:ada", Optional.empty(), Optional.empty());
  }

  // -- what stays the same after a crash ---------------------------------------------------------

  /** Each activation is known by its task and how often that has begun. */
  private void label() {
    for (; seen < course.facts.size(); seen++) {
      switch (course.facts.get(seen)) {
        case Fact.TaskStarted f -> label(f.id(), f.task());
        case Fact.ToolRequested f -> label(f.id(), f.task() + " wants " + f.callId());
        default -> {}
      }
    }
  }

  private String label(long id) {
    return Optional.ofNullable(labels.get(id)).orElseThrow();
  }

  private void label(long id, String what) {
    labels.put(id, what + "#" + begun.merge(what, 1, Integer::sum));
  }

  private SplittableRandom chance(String of) {
    return new SplittableRandom(seed * 1_000_003 + of.hashCode());
  }
}
