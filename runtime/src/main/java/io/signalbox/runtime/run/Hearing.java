package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.Consumption.Mode;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.definition.ForEach;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Heard;
import io.signalbox.protocol.run.Listening;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import io.signalbox.runtime.match.Evaluated;
import io.signalbox.runtime.match.EventMatch;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Listening: which events are consumed, what each passes through, and when it is enough. */
final class Hearing {
  private final Deciding turn;

  Hearing(Deciding turn) {
    this.turn = turn;
  }

  void begin(Activation a, Task.Listen task, Map<String, JsonNode> variables) {
    Consumption to = Evaluated.of(task.to(), a.input(), variables);
    turn.record(
        new Fact.ListenStarted(
            a.id(),
            a.task(),
            turn.run.id() + "-" + a.id(),
            to.filters().getFirst(),
            Optional.of(new Listening(to, task.read(), task.foreach().isPresent()))));
  }

  Decision delivered(Stimulus.Delivered d) {
    if (turn.state().phase() instanceof Phase.Faulted) {
      return turn.drive();
    }
    for (Activation a : List.copyOf(turn.state().live().values())) {
      switch (a.work()) {
        case Work.Listening w when w.subscription().equals(d.subscription()) -> {
          turn.record(new Fact.EventReceived(a.id(), a.task(), d.event(), Optional.empty()));
          turn.ready(a.id());
        }
        case Work.Consuming w when w.subscription().equals(d.subscription()) && !w.closed() -> {
          if (w.queue().size() >= turn.bounds.eventsQueued()) {
            return Decision.no(
                new Refusal.TooBusy(
                    a.task() + " has too many events to process", Duration.ofSeconds(1)));
          }
          receive(a, w, d.event());
        }
        default -> {} // listens for something else, or for nothing
      }
    }
    return turn.drive();
  }

  private void receive(Activation a, Work.Consuming w, CloudEvent event) {
    if (w.seen().contains(HearingFacts.name(event))) {
      return;
    }
    Map<String, JsonNode> variables = Scope.of(turn.run, turn.definition, turn.state(), a);
    JsonNode whole = event.json();
    try {
      Optional<Heard> heard = heard(w, event, whole, variables);
      if (heard.isPresent()) {
        if (w.seen().size() >= turn.bounds.eventsPerListen()) {
          turn.faults.raise(a, turn.faults.runtime(tooMany(), a.task()), Optional.empty());
          return;
        }
        turn.record(new Fact.EventReceived(a.id(), a.task(), event, heard));
        turn.ready(a.id());
      }
    } catch (ExpressionFailed e) {
      turn.faults.raise(a, turn.broken(e, a.task()), Optional.empty());
    }
  }

  private String tooMany() {
    return "a listen task consumes at most %d events (signalbox.runtime.runs.events-per-listen); end it earlier and begin it again"
        .formatted(turn.bounds.eventsPerListen());
  }

  /** Which filter takes the event: one that ends the listening comes before the others. */
  private Optional<Heard> heard(
      Work.Consuming w, CloudEvent event, JsonNode whole, Map<String, JsonNode> variables) {
    List<EventFilter> all = HearingFacts.all(w.listening());
    int wanted = w.listening().to().filters().size();
    List<Integer> slots = new ArrayList<>();
    for (int slot = wanted; slot < all.size(); slot++) {
      slots.add(slot);
    }
    for (int slot = 0; slot < wanted; slot++) {
      slots.add(slot);
    }
    for (int slot : slots) {
      if (open(w, slot) && EventMatch.takes(all.get(slot), whole, variables)) {
        var correlated = EventMatch.correlated(all.get(slot), whole, w.learnt());
        if (correlated.isPresent()) {
          Map<String, String> learnt = new HashMap<>(correlated.get());
          learnt.keySet().removeAll(w.learnt().keySet());
          return Optional.of(new Heard(slot, learnt, last(w, slot, event, variables)));
        }
      }
    }
    return Optional.empty();
  }

  /** Where every filter gets one event, one that had its event takes no other. */
  private static boolean open(Work.Consuming w, int slot) {
    Consumption to = w.listening().to();
    Mode mode =
        slot < to.filters().size()
            ? to.mode()
            : to.untilHeard().map(Consumption::mode).orElse(Mode.ANY);
    return mode != Mode.ALL || !w.heard().contains(slot);
  }

  private boolean last(
      Work.Consuming w, int slot, CloudEvent event, Map<String, JsonNode> variables) {
    Consumption to = w.listening().to();
    int wanted = to.filters().size();
    Set<Integer> heard = new HashSet<>(w.heard());
    heard.add(slot);
    if (slot >= wanted) {
      Consumption until = to.untilHeard().orElseThrow();
      return until.mode() != Mode.ALL
          || heard.stream().filter(it -> it >= wanted).count() == until.filters().size();
    }
    return switch (to.mode()) {
      case ONE -> true;
      case ALL -> heard.stream().filter(it -> it < wanted).count() == wanted;
      case ANY -> {
        if (to.single()) {
          yield true;
        }
        List<JsonNode> done = new ArrayList<>(w.done());
        done.add(HearingFacts.read(event, w.listening().read()));
        // with tasks for each event, one counts as consumed when they are done
        yield !w.listening().each() && enough(w, done, variables);
      }
    };
  }

  private static boolean enough(
      Work.Consuming w, List<JsonNode> done, Map<String, JsonNode> variables) {
    return w.listening()
        .to()
        .untilHolds()
        .map(
            until ->
                Expressions.holds(
                    until, JsonNodeFactory.instance.arrayNode().addAll(done), variables))
        .orElse(false);
  }

  /** Goes on with the event that is being processed, or the next one, or ends. */
  void advance(Activation a, Work.Consuming w) {
    if (!a.children().isEmpty()) {
      return;
    }
    if (w.index() >= 0) {
      ForEach each = foreach(a);
      if (each.body().isPresent()) {
        turn.composites.further(
            a, each.body().get(), w.cursor(), left -> processed(a, w, each, left));
      } else {
        processed(a, w, each, false);
      }
    } else if (!w.queue().isEmpty()) {
      turn.record(new Fact.IterationStarted(a.id(), a.task(), w.done().size()));
      turn.ready(a.id());
    } else if (w.closed()) {
      turn.complete(a, HearingFacts.output(w), true, Optional.empty());
    }
  }

  private ForEach foreach(Activation a) {
    return ((Task.Listen) turn.step(a.task()).task())
        .foreach()
        .orElseThrow(() -> new IllegalStateException(a.task() + " has no 'foreach'"));
  }

  /**
   * One event is through.
   *
   * @param left its tasks were left by {@code exit}: like a loop, the listening ends with it
   */
  private void processed(Activation a, Work.Consuming w, ForEach each, boolean left) {
    JsonNode raw = w.cursor().value();
    Map<String, JsonNode> variables = Scope.of(turn.run, turn.definition, turn.state(), a);
    try {
      variables.put("output", raw);
      Optional<JsonNode> shaped = each.outputAs().map(as -> turn.shape(as, raw, variables));
      JsonNode output = shaped.orElse(raw);
      variables.put("output", output);
      Optional<JsonNode> context = each.exportAs().map(as -> turn.shape(as, output, variables));
      context.ifPresent(it -> variables.put("context", it));
      List<JsonNode> done = new ArrayList<>(w.done());
      done.add(output);
      boolean last = left || (!w.closed() && enough(w, done, variables));
      turn.record(new Fact.EventProcessed(a.id(), a.task(), w.index(), shaped, context, last));
      turn.ready(a.id());
    } catch (ExpressionFailed e) {
      turn.faults.raise(a, turn.broken(e, a.task()), Optional.empty());
    }
  }
}
