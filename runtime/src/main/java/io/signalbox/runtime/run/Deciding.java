package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.definition.Task.OnFailure;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Fact.Shape;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.definition.DataSchemas;
import io.signalbox.runtime.definition.Durations;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import io.signalbox.runtime.run.Interpreter.Bounds;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One decision being made: the state so far, the facts so far, and the activations to look at.
 * Lives no longer than the decision; composites advance in {@link Composites}, leaves in {@link
 * Leaves}.
 *
 * <p>Longer than 300 lines because a task's whole way, from what flows in to where control goes
 * next, is to be read in one place.
 */
final class Deciding {
  final RunId run;
  final Definition definition;
  final Rulebook rules;
  final Bounds bounds;
  final Instant now;
  final Composites composites = new Composites(this);
  final Leaves leaves = new Leaves(this);
  final Calls calls = new Calls(this);
  final HeldCalls held = new HeldCalls(this);
  final Judging judging = new Judging(this);
  final WebCalls web = new WebCalls(this);
  final UnknownOutcomes unknowns = new UnknownOutcomes(this);
  final Asking asking = new Asking(this);
  final GuardHolds guards = new GuardHolds(this);
  final ToolQuestions questions = new ToolQuestions(this);
  final Voting voting = new Voting(this);
  final Hearing hearing = new Hearing(this);
  final Faults faults = new Faults(this);
  final Timers timers = new Timers(this);
  final Maps maps = new Maps(this);
  final Compensations compensations = new Compensations(this);
  final Children children = new Children(this);
  final Extensions extensions = new Extensions(this);

  private final List<Fact> facts = new ArrayList<>();
  private final Deque<Long> ready = new ArrayDeque<>();
  private RunState state;

  Deciding(
      RunId run,
      Definition definition,
      Rulebook rules,
      Bounds bounds,
      RunState state,
      Instant now) {
    this.run = run;
    this.definition = definition;
    this.rules = rules;
    this.bounds = bounds;
    this.state = state;
    this.now = now;
  }

  RunState state() {
    return state;
  }

  long nextSeq() {
    return state.nextSeq();
  }

  void record(Fact fact) {
    state = state.after(fact, now);
    facts.add(fact);
  }

  void ready(long id) {
    ready.add(id);
  }

  /** Whether the turn is long enough; what is left goes on in the next. */
  boolean full() {
    return facts.size() >= bounds.factsPerTurn();
  }

  /** Every activation that can go on by itself; used when a run goes on after a stop. */
  void readyAll() {
    state.census().movable().forEach(this::ready);
  }

  /** Takes every activation that is ready as far as it goes without the outside. */
  Decision drive() {
    while (!ready.isEmpty() && state.phase() instanceof Phase.Running) {
      if (full()) {
        return new Decision(facts, Optional.empty(), true);
      }
      Activation a = state.live().get(ready.poll());
      if (a != null) {
        advance(a);
      }
    }
    return new Decision(facts, Optional.empty(), false);
  }

  void begin(StartRun order, String secretTag) {
    Optional<String> tag =
        Secrets.needed(definition) && !secretTag.isEmpty()
            ? Optional.of(secretTag)
            : Optional.empty();
    Optional<JsonNode> value = Optional.empty();
    Optional<Instant> deadline = Optional.empty();
    Optional<WorkflowError> error = Optional.empty();
    Map<String, JsonNode> variables = Scope.beginning(run, definition, order.input(), now);
    Secrets.bind(variables, definition, tag);
    String at = "/input/schema";
    try {
      require("", "input", order.input());
      at = "/input/from";
      value = definition.inputFrom().map(from -> shape(from, order.input(), variables));
      JsonNode input = value.orElse(order.input());
      at = "/timeout";
      deadline = definition.timeout().map(t -> now.plus(duration(t, input, variables)));
    } catch (ExpressionFailed | IllegalArgumentException e) {
      error = Optional.of(broken(e, at));
    }
    record(
        new Fact.RunStarted(
            order.workflow(),
            order.digest(),
            order.input(),
            value,
            order.labels(),
            order.startedBy(),
            order.hidden(),
            deadline,
            order.parent(),
            tag,
            order.caller()));
    error.ifPresentOrElse(e -> record(new Fact.RunFaulted(e)), () -> ready(RunState.ROOT));
  }

  private void advance(Activation a) {
    switch (a.work()) {
      case Work.Sequence w -> composites.sequence(a, w.cursor());
      case Work.Loop w -> composites.loop(a, w);
      case Work.Trying w when w.backoff().isEmpty() -> composites.sequence(a, w.cursor());
      case Work.Forking w -> composites.fork(a, w);
      case Work.Mapping w -> maps.advance(a, w);
      case Work.Item w -> composites.sequence(a, w.cursor());
      case Work.Undoing w -> compensations.advance(a, w);
      case Work.Undo w -> composites.sequence(a, w.cursor());
      case Work.Extending w -> extensions.advance(a, w);
      case Work.Fresh _ when a.asked().isEmpty() -> leaves.begin(a);
      case Work.Approving w -> asking.settled(a, w.approval());
      case Work.Held w -> held.look(a, w);
      case Work.Consuming w -> hearing.advance(a, w);
      case Work.Returned w when a.asked().isEmpty() -> returned(a, w.outcome());
      case Work.Trying _, Work.Fresh _, Work.Returned _, Work.Waiting _, Work.Listening _ -> {}
      case Work.Emitting _, Work.Calling _, Work.Leaving _ -> {}
    }
  }

  private void returned(Activation a, Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded ok -> complete(a, ok.result(), true, Optional.empty());
      case Outcome.Failed f ->
          faults.raise(
              a,
              f.error()
                  .map(error -> Children.here(error, a.task()))
                  .orElseGet(
                      () ->
                          WorkflowError.standard(
                                  f.kind(), f.status(), title(f.kind()), f.detail(), a.task())
                              .after(f.limited().flatMap(_ -> f.retryAfter()))),
              f.retryAfter());
      case Outcome.Unknown u ->
          faults.raise(a, faults.runtime(u.detail(), a.task()), Optional.empty());
      case Outcome.Absent _ ->
          faults.raise(a, faults.runtime("nothing was sent", a.task()), Optional.empty());
    }
  }

  private static String title(String kind) {
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + " error";
  }

  // -- one task ----------------------------------------------------------------------------------

  void start(Activation parent, Step step, JsonNode raw) {
    Map<String, JsonNode> variables =
        Scope.starting(run, definition, state, parent, step, raw, now);
    try {
      if (step.when().isPresent() && !Expressions.holds(step.when().get(), raw, variables)) {
        record(new Fact.TaskSkipped(parent.id(), step.pointer()));
        goOn(parent.id(), step.then(), raw);
        return;
      }
      require(step.pointer(), "input", raw);
      Optional<JsonNode> input = step.inputFrom().map(from -> shape(from, raw, variables));
      JsonNode seen = input.orElse(raw);
      variables.put("input", seen);
      Optional<Instant> deadline = step.timeout().map(t -> now.plus(duration(t, seen, variables)));
      Optional<JsonNode> items = Optional.empty();
      if (step.task() instanceof Task.For loop) {
        items = Optional.of(looped(items("for", loop.in(), seen, variables)));
      } else if (step.task() instanceof Task.Mapping map) {
        items = Optional.of(bounded(items("map", map.in(), seen, variables)));
      }
      compensations.room(step);
      List<String> around = extensions.of(step, variables);
      long id = nextSeq();
      record(
          new Fact.TaskStarted(
              id,
              parent.id(),
              step.pointer(),
              shapeOf(step.task()),
              input,
              items,
              deadline,
              Maps.item(state, parent)));
      if (!around.isEmpty()) {
        record(new Fact.TaskExtended(id, step.pointer(), around));
      }
      ready(id);
    } catch (ExpressionFailed | IllegalArgumentException e) {
      long id = nextSeq();
      record(
          new Fact.TaskStarted(
              id,
              parent.id(),
              step.pointer(),
              Shape.LEAF,
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
      faults.raise(state.get(id), broken(e, step.pointer()), Optional.empty());
    }
  }

  private static JsonNode items(
      String what, String in, JsonNode input, Map<String, JsonNode> variables) {
    JsonNode items = Expressions.expression(in, input, variables);
    if (!items.isArray()) {
      throw new IllegalArgumentException(
          what + ".in must give an array, but " + in + " gave " + items.getNodeType());
    }
    return items;
  }

  private JsonNode looped(JsonNode items) {
    int most = bounds.limits().loopItems();
    if (items.size() > most) {
      throw new IllegalArgumentException(
          "for.in gave %d items, more than %d (signalbox.runtime.runs.loop-items)"
              .formatted(items.size(), most));
    }
    return items;
  }

  private JsonNode bounded(JsonNode items) {
    int most = bounds.beyond().mapItems();
    if (items.size() > most) {
      throw new IllegalArgumentException(
          "map.in gave %d items; a map goes over at most %d (signalbox.runtime.runs.beyond.map-items)"
              .formatted(items.size(), most));
    }
    return items;
  }

  private static Shape shapeOf(Task task) {
    return switch (task) {
      case Task.Do _ -> Shape.SEQUENCE;
      case Task.For _ -> Shape.LOOP;
      case Task.Fork _ -> Shape.FORK;
      case Task.Try _ -> Shape.TRY;
      case Task.Mapping map when map.onFailure() == OnFailure.COLLECT -> Shape.COLLECT;
      case Task.Mapping _ -> Shape.MAP;
      case Task.Compensate _ -> Shape.COMPENSATE;
      case Task.Set _, Task.Switch _, Task.Raise _, Task.Wait _ -> Shape.LEAF;
      case Task.Emit _, Task.Listen _, Task.Call _ -> Shape.LEAF;
    };
  }

  /**
   * The task is done with this raw output.
   *
   * @param known the raw output is what the call returned, and need not be stored again
   */
  void complete(Activation a, JsonNode raw, boolean known, Optional<Flow> then) {
    if (a.id() == RunState.ROOT) {
      composites.finish(raw);
    } else if (a.work() instanceof Work.Item item) {
      maps.done(a, item);
    } else if (a.work() instanceof Work.Undo) {
      compensations.done(a);
    } else if (extensions.follow(a)) {
      Optional<JsonNode> result = known ? Optional.empty() : Optional.of(raw);
      record(new Fact.TaskReturned(a.id(), a.task(), result, then));
      ready(a.id());
    } else {
      settle(a, raw, known, then);
    }
  }

  /** Nothing follows any more: output, then context, each shaped and then checked. */
  void settle(Activation a, JsonNode raw, boolean known, Optional<Flow> then) {
    Step step = step(a.task());
    Map<String, JsonNode> variables = Scope.returned(run, definition, state, a, raw);
    try {
      Optional<JsonNode> shaped = step.outputAs().map(as -> shape(as, raw, variables));
      JsonNode output = shaped.orElse(raw);
      require(a.task(), "output", output);
      variables.put("output", output);
      Optional<JsonNode> context = step.exportAs().map(as -> shape(as, output, variables));
      require(a.task(), "export", context.orElse(state.context()));
      Optional<JsonNode> stored = known ? shaped : Optional.of(output);
      Labels.of(this, step, output, variables).ifPresent(this::record);
      Optional<JsonNode> compensable = compensations.compensable(step, a);
      record(new Fact.TaskCompleted(a.id(), a.task(), stored, context, then, compensable));
      goOn(a.parent(), then.orElse(step.then()), output);
    } catch (ExpressionFailed | IllegalArgumentException e) {
      faults.raise(a, broken(e, a.task()), Optional.empty());
    }
  }

  /** After a step; a fork looks at once, so that the branch that is first is so by itself. */
  private void goOn(long parent, Flow flow, JsonNode value) {
    Activation a = state.live().get(parent);
    if (a == null || !(a.work() instanceof Work.Forking)) {
      ready(parent);
    } else if (flow instanceof Flow.End) {
      composites.end(a, value);
    } else {
      ready.addFirst(parent);
    }
  }

  /** Fails if the value does not fit the schema that stands there, if one does. */
  void require(String pointer, String place, JsonNode value) {
    DataSchemas.of(definition)
        .fault(pointer, place, value)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
  }

  void cancelBelow(long id, String reason) {
    for (long child : state.below(id).reversed()) {
      Activation a = state.get(child);
      if (a.work() instanceof Work.Undo) {
        record(new Fact.CompensationFaulted(child, a.task(), faults.runtime(reason, a.task())));
      } else {
        record(new Fact.TaskCancelled(child, a.task(), reason));
      }
    }
  }

  Step step(String pointer) {
    Step step = definition.steps().get(pointer);
    if (step == null) {
      throw new IllegalStateException("the definition has no step at " + pointer);
    }
    return step;
  }

  // -- expressions -------------------------------------------------------------------------------

  /** {@code from} and {@code as}: a text is an expression, anything else a template. */
  JsonNode shape(JsonNode spec, JsonNode dot, Map<String, JsonNode> variables) {
    return Expressions.filter(spec, dot, variables);
  }

  Duration duration(JsonNode spec, JsonNode dot, Map<String, JsonNode> variables) {
    return duration(Expressions.evaluate(spec, dot, variables));
  }

  static Duration duration(JsonNode value) {
    return Durations.parse(value)
        .orElseThrow(() -> new IllegalArgumentException("not a duration: " + value));
  }

  WorkflowError broken(RuntimeException e, String task) {
    String detail = e.getMessage() == null ? e.toString() : e.getMessage();
    return e instanceof ExpressionFailed
        ? WorkflowError.standard("expression", 400, "Expression error", detail, task)
        : WorkflowError.standard("validation", 400, "Validation error", detail, task);
  }
}
