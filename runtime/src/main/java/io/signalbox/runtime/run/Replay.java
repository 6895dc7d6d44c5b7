package io.signalbox.runtime.run;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Catch;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.expression.ExpressionFailed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run's journal through another definition, fact by fact, and finds the first place where
 * that definition would have gone another way (decision 10). Data that has flowed is not compared.
 * For one thread.
 *
 * <p>Longer than 300 lines because every fact that follows from a definition is checked here, and
 * one that were forgotten should be seen to be missing.
 */
final class Replay {
  private final Definition was;
  private final Definition now;
  private final Steering steering;
  private RunState state = RunState.UNSTARTED;
  private boolean large;
  private Optional<Difference> found = Optional.empty();

  /**
   * Where the definition differs from what has happened.
   *
   * @param pointer of the task
   * @param was what happened
   * @param now what the definition would have done
   */
  record Difference(String pointer, String was, String now) {}

  /**
   * Nothing read yet.
   *
   * @param was the definition the run has followed
   */
  Replay(RunId run, Definition was, Definition now) {
    this.was = was;
    this.now = now;
    this.steering = new Steering(run, now);
  }

  RunState state() {
    return state;
  }

  Definition definition() {
    return now;
  }

  void follow(Turn turn) {
    large |= turn.claims().isPresent();
    for (Fact fact : turn.facts()) {
      if (found.isEmpty()) {
        found = check(fact);
        state = state.after(fact, turn.at());
      }
    }
  }

  /** The difference at which following stopped, if it did. */
  Optional<Difference> stopped() {
    return found;
  }

  /** The first difference, once everything was followed. */
  Optional<Difference> difference() {
    return found.or(this::standing);
  }

  private Optional<Difference> check(Fact fact) {
    return switch (fact) {
      case Fact.TaskStarted f -> started(f);
      case Fact.TaskSkipped f -> skipped(f);
      case Fact.TaskExtended f -> extended(f);
      case Fact.TaskCompleted f -> completed(f);
      case Fact.TaskFaulted f -> passed(f.id());
      case Fact.ItemFaulted f -> passed(f.id());
      case Fact.IterationStarted f -> iterated(f);
      case Fact.ItemCompleted f -> over(state.get(f.id()), "the item was done");
      case Fact.ErrorCaught f -> caught(f);
      case Fact.RetryScheduled f -> retried(f);
      case Fact.CompensationStarted f -> undone(f);
      case Fact.CompensationCompleted f -> over(state.get(f.id()), "the compensation was done");
      default -> Optional.empty(); // no other fact follows from the definition alone
    };
  }

  // -- where control went ------------------------------------------------------------------------

  private Optional<Difference> started(Fact.TaskStarted f) {
    Step step = now.steps().get(f.task());
    if (step == null) {
      return differs(f.task(), "a task began here", "there is no task here");
    }
    Step before = was.steps().get(f.task());
    if (before != null && !kind(before).equals(kind(step))) {
      return differs(f.task(), kind(before), kind(step));
    }
    return turned(f.parent(), f.task(), "this task began")
        .or(() -> condition(before, step, f.parent(), true));
  }

  private Optional<Difference> extended(Fact.TaskExtended f) {
    boolean same = was.source().at("/use/extensions").equals(now.source().at("/use/extensions"));
    return same
        ? Optional.empty()
        : differs(f.task(), "extensions applied to it", "there are other extensions");
  }

  private Optional<Difference> skipped(Fact.TaskSkipped f) {
    Step step = now.steps().get(f.task());
    if (step == null) {
      return differs(f.task(), "a task was skipped here", "there is no task here");
    }
    return turned(f.parent(), f.task(), "this task was skipped")
        .or(() -> condition(was.steps().get(f.task()), step, f.parent(), false));
  }

  /** Whether control comes to this task now. */
  private Optional<Difference> turned(long parent, String task, String what) {
    Activation around = state.get(parent);
    if (around.work().list().isEmpty()
        || around.work() instanceof Work.Extending
        || around.work() instanceof Work.Consuming) {
      return Optional.empty(); // a branch, which stands for itself; what is beside the run's course
    }
    Composites.Next next = steering.next(state, around);
    return next instanceof Composites.Next.Run(Step step) && step.pointer().equals(task)
        ? Optional.empty()
        : differs(task, what, Steering.text(next));
  }

  /** Whether the task's {@code if} still chooses as it chose. */
  private Optional<Difference> condition(
      @Nullable Step before, Step step, long parent, boolean ran) {
    if (before != null && before.when().equals(step.when())) {
      return Optional.empty();
    }
    if (large) {
      return unseen(step.pointer());
    }
    try {
      boolean runs = steering.runs(state, state.get(parent), step);
      return runs == ran
          ? Optional.empty()
          : differs(
              step.pointer(),
              ran ? "this task began" : "this task was skipped",
              runs ? "its condition holds" : "its condition does not hold");
    } catch (ExpressionFailed e) {
      return differs(step.pointer(), "its condition was clear", "it fails: " + e.getMessage());
    }
  }

  private Optional<Difference> completed(Fact.TaskCompleted f) {
    Step step = now.steps().get(f.task());
    Activation a = state.get(f.id());
    if (step == null) {
      return differs(f.task(), "a task was done here", "there is no task here");
    }
    if (f.compensable().isPresent() != step.beyond().compensation().isPresent()) {
      return differs(
          f.task(),
          f.compensable().isPresent() ? "it declared a compensation" : "it had no compensation",
          f.compensable().isPresent() ? "it declares none" : "it has one");
    }
    if (a.work() instanceof Work.Extending) {
      return Optional.empty(); // it was done before what came after it
    }
    return switch (step.task()) {
      case Task.Do _, Task.Try _ -> over(a, "its last task was done");
      case Task.For loop -> looped(a, loop);
      case Task.Fork fork -> joined(a, fork);
      case Task.Switch choice -> chosen(a, step, choice, f.then());
      default -> Optional.empty(); // tasks without others in them, and maps, whose items are over
    };
  }

  /** Whether the list the activation is in has nothing more to do. */
  private Optional<Difference> over(Activation a, String what) {
    Composites.Next next = steering.next(state, a);
    return next instanceof Composites.Next.Run
        ? differs(a.task(), what, Steering.text(next))
        : Optional.empty();
  }

  private Optional<Difference> looped(Activation a, Task.For loop) {
    Work.Loop w = (Work.Loop) a.work();
    if (w.index() >= 0) {
      Composites.Next next = steering.next(state, a);
      if (next instanceof Composites.Next.Run) {
        return differs(a.task(), "the loop was done", Steering.text(next));
      }
      if (next instanceof Composites.Next.Done(boolean left) && left) {
        return Optional.empty();
      }
    }
    boolean more = w.index() + 1 < w.items().size();
    if (more && large && !loop.whilst().equals(whilst(a))) {
      return unseen(a.task());
    }
    return more
            && !loop.whilst().equals(whilst(a))
            && steering.goesOn(state, a, loop, w.index() + 1)
        ? differs(a.task(), "the loop was done", "it goes on")
        : Optional.empty();
  }

  private Optional<Difference> iterated(Fact.IterationStarted f) {
    Activation a = state.get(f.id());
    Step step = now.steps().get(f.task());
    if (step == null || !(step.task() instanceof Task.For loop)) {
      return differs(f.task(), "a loop", "there is none");
    }
    if (f.index() > 0) {
      Composites.Next next = steering.next(state, a);
      boolean round = next instanceof Composites.Next.Done(boolean left) && !left;
      if (!round) {
        return differs(f.task(), "the next round began", Steering.text(next));
      }
    }
    if (loop.whilst().equals(whilst(a))) {
      return Optional.empty();
    }
    if (large) {
      return unseen(f.task());
    }
    return steering.goesOn(state, a, loop, f.index())
        ? Optional.empty()
        : differs(f.task(), "the next round began", "its condition does not hold");
  }

  private Optional<Difference> joined(Activation a, Task.Fork fork) {
    Set<String> done = ((Work.Forking) a.work()).results().keySet();
    return fork.compete()
        ? Optional.empty()
        : fork.branches().stream()
            .map(Step::pointer)
            .filter(branch -> !done.contains(branch))
            .findFirst()
            .flatMap(branch -> differs(branch, "the fork was done", "this branch is part of it"));
  }

  private Optional<Difference> chosen(
      Activation a, Step step, Task.Switch choice, Optional<Flow> then) {
    Step before = was.steps().get(step.pointer());
    if (before != null && before.task().equals(choice)) {
      return Optional.empty();
    }
    if (large) {
      return unseen(step.pointer());
    }
    try {
      Optional<Flow> flow = steering.choose(state, a, choice);
      return flow.equals(then)
          ? Optional.empty()
          : differs(step.pointer(), "it chose " + text(then), "it chooses " + text(flow));
    } catch (ExpressionFailed e) {
      return differs(step.pointer(), "it chose " + text(then), "it fails: " + e.getMessage());
    }
  }

  private Optional<String> whilst(Activation a) {
    Step step = was.steps().get(a.task());
    return step != null && step.task() instanceof Task.For loop ? loop.whilst() : Optional.empty();
  }

  /** Values that are kept apart are not fetched for a comparison: what might differ, differs. */
  private static Optional<Difference> unseen(String pointer) {
    return differs(
        pointer,
        "a choice",
        "another condition, which cannot be compared: the run has values that are kept apart");
  }

  private static String text(Optional<Flow> flow) {
    return flow.map(Flow::text).orElse("nothing");
  }

  // -- errors ------------------------------------------------------------------------------------

  /** Tries that an error has come by must still let it pass. */
  private Optional<Difference> passed(long failed) {
    Activation first = state.live().get(failed);
    for (Activation a = first == null ? null : state.live().get(first.parent());
        a != null;
        a = state.live().get(a.parent())) {
      if (a.work() instanceof Work.Trying && !filter(was, a).equals(filter(now, a))) {
        return differs(a.task(), "an error came to this try", "it catches other errors");
      }
    }
    return Optional.empty();
  }

  private Optional<Difference> caught(Fact.ErrorCaught f) {
    return passed(state.get(f.id()), f.task())
        .or(
            () ->
                limits(was, f.task()).equals(limits(now, f.task()))
                    ? Optional.empty()
                    : differs(f.task(), "its retries were used up", "it retries otherwise"));
  }

  private Optional<Difference> passed(Activation a, String task) {
    return filter(was, a).equals(filter(now, a))
        ? Optional.empty()
        : differs(task, "the error was caught", "it catches other errors");
  }

  private Optional<Difference> retried(Fact.RetryScheduled f) {
    return caughtBy(now, f.task()).flatMap(Catch::retry).isPresent()
        ? passed(state.get(f.id()), f.task())
        : differs(f.task(), "it tried again", "it does not retry");
  }

  private static Optional<Catch> caughtBy(Definition definition, String task) {
    Step step = definition.steps().get(task);
    return step != null && step.task() instanceof Task.Try it
        ? Optional.of(it.caught())
        : Optional.empty();
  }

  private static Object filter(Definition definition, Activation a) {
    return caughtBy(definition, a.task())
        .<Object>map(c -> List.of(c.with(), c.as(), c.when(), c.exceptWhen()))
        .orElse("");
  }

  private static Object limits(Definition definition, String task) {
    return caughtBy(definition, task)
        .flatMap(Catch::retry)
        .<Object>map(r -> List.of(r.when(), r.exceptWhen(), r.maxAttempts(), r.maxDuration()))
        .orElse("");
  }

  private Optional<Difference> undone(Fact.CompensationStarted f) {
    String task = f.task().substring(0, f.task().length() - SagaFacts.PLACE.length());
    Step step = now.steps().get(task);
    return step != null && step.beyond().compensation().isPresent()
        ? Optional.empty()
        : differs(task, "it was undone", "it has no compensation");
  }

  // -- what is under way -------------------------------------------------------------------------

  /** A fork that is under way has begun all its branches, and there are no others now. */
  private Optional<Difference> standing() {
    return state.live().values().stream()
        .filter(a -> a.work() instanceof Work.Forking)
        .flatMap(this::unbegun)
        .findFirst();
  }

  private Stream<Difference> unbegun(Activation a) {
    Set<String> begun =
        Stream.concat(
                ((Work.Forking) a.work()).results().keySet().stream(),
                a.children().stream().map(id -> state.get(id).task()))
            .collect(Collectors.toSet());
    // a run that faulted gave up branches that go on when it is retried
    Step step = now.steps().get(a.task());
    if (state.phase() instanceof Phase.Faulted
        || step == null
        || !(step.task() instanceof Task.Fork fork)) {
      return Stream.empty();
    }
    return fork.branches().stream()
        .map(Step::pointer)
        .filter(branch -> !begun.contains(branch))
        .map(branch -> new Difference(branch, "the fork began without it", "a branch of it"));
  }

  private static Optional<Difference> differs(String pointer, String was, String now) {
    return Optional.of(new Difference(pointer, was, now));
  }

  /** What a task is, as far as what is under way of it depends on that. */
  static String kind(Step step) {
    return switch (step.task()) {
      case Task.Call call -> "a call of " + call.kind().text();
      case Task.Mapping map ->
          "a map that on failure does " + map.onFailure().name().toLowerCase(Locale.ROOT);
      case Task.Fork fork -> fork.compete() ? "a fork that competes" : "a fork";
      case Task other ->
          "a '" + other.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "' task";
    };
  }
}
