package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.Consumption.Mode;
import io.signalbox.protocol.definition.Correlation;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.definition.ReadAs;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Heard;
import io.signalbox.protocol.run.Listening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What facts about events do to the state of a listening task, and to the outside. Pure. */
final class HearingFacts {
  private HearingFacts() {}

  // -- the state ---------------------------------------------------------------------------------

  static RunState begin(RunState s, Fact.ListenStarted f) {
    return s.working(
        f.id(),
        f.listening()
            .<Work>map(
                listening ->
                    new Work.Consuming(
                        f.subscription(),
                        listening,
                        Map.of(),
                        Set.of(),
                        Set.of(),
                        List.of(),
                        List.of(),
                        false,
                        -1,
                        Cursor.start(body(f.task()), NullNode.getInstance())))
            .orElseGet(() -> new Work.Listening(f.subscription(), f.filter())));
  }

  private static String body(String task) {
    return task + "/foreach/do";
  }

  static RunState received(RunState s, Fact.EventReceived f) {
    Activation a = s.live().get(f.id());
    if (a == null || f.heard().isEmpty() || !(a.work() instanceof Work.Consuming w)) {
      return CallFacts.returned(s, f.id(), f.event().data());
    }
    Heard heard = f.heard().get();
    Map<String, String> learnt = new HashMap<>(w.learnt());
    learnt.putAll(heard.learnt());
    Set<Integer> slots = new HashSet<>(w.heard());
    slots.add(heard.slot());
    Set<String> seen = new HashSet<>(w.seen());
    seen.add(name(f.event()));
    List<JsonNode> queue = new ArrayList<>(w.queue());
    List<JsonNode> done = new ArrayList<>(w.done());
    if (heard.slot() < w.listening().to().filters().size()) {
      (w.listening().each() ? queue : done).add(read(f.event(), w.listening().read()));
    }
    return s.put(
        a.with(
            new Work.Consuming(
                w.subscription(),
                w.listening(),
                learnt,
                slots,
                seen,
                queue,
                done,
                w.closed() || heard.last(),
                w.index(),
                w.cursor())));
  }

  /** What tells an event from every other. */
  static String name(CloudEvent event) {
    return event.source() + " " + event.id();
  }

  static JsonNode read(CloudEvent event, ReadAs as) {
    return switch (as) {
      case DATA -> event.data();
      case ENVELOPE -> event.json();
      case RAW ->
          TextNode.valueOf(
              event.data().isTextual() ? event.data().textValue() : event.data().toString());
    };
  }

  /** The first event in the queue now passes through its own tasks. */
  static Work taken(Work.Consuming w, int index) {
    return with(w, w.queue(), w.done(), w.closed(), index, start(w, w.queue().getFirst()));
  }

  private static Cursor start(Work.Consuming w, JsonNode value) {
    return Cursor.start(w.cursor().steps(), value);
  }

  static RunState processed(RunState s, Fact.EventProcessed f) {
    Activation a = s.get(f.id());
    Work.Consuming w = (Work.Consuming) a.work();
    List<JsonNode> done = new ArrayList<>(w.done());
    done.add(f.output().orElse(w.cursor().value()));
    List<JsonNode> queue = f.last() ? List.of() : w.queue().subList(1, w.queue().size());
    RunState next =
        s.put(
            a.with(
                with(
                    w, queue, done, w.closed() || f.last(), -1, start(w, NullNode.getInstance()))));
    return f.context().map(next::with).orElse(next);
  }

  static Work at(Work.Consuming w, Cursor cursor) {
    return with(w, w.queue(), w.done(), w.closed(), w.index(), cursor);
  }

  private static Work with(
      Work.Consuming w,
      List<JsonNode> queue,
      List<JsonNode> done,
      boolean closed,
      int index,
      Cursor cursor) {
    return new Work.Consuming(
        w.subscription(),
        w.listening(),
        w.learnt(),
        w.heard(),
        w.seen(),
        queue,
        done,
        closed,
        index,
        cursor);
  }

  static JsonNode output(Work.Consuming w) {
    return JsonNodeFactory.instance.arrayNode(w.done().size()).addAll(w.done());
  }

  /** Waiting for the next event, with nothing else to do. */
  static boolean idle(Work.Consuming w) {
    return !w.closed() && w.queue().isEmpty();
  }

  static String told(Work.Consuming w) {
    Consumption to = w.listening().to();
    return switch (to.mode()) {
      case ONE -> "event " + to.filters().getFirst().with();
      case ANY -> "any event of " + to.filters().stream().map(EventFilter::with).toList();
      case ALL ->
          (to.filters().size() - w.heard().size())
              + " more events of "
              + to.filters().stream().map(EventFilter::with).toList();
    };
  }

  // -- the outside -------------------------------------------------------------------------------

  static Optional<Effect> effect(Fact.ListenStarted f) {
    return Optional.of(new Effect.Subscribe(f.subscription(), Subscribed.to(f)));
  }

  /** The subscription ends with the last event, and narrows with what an event has shown. */
  static Optional<Effect> effect(RunId run, Fact.EventReceived f, RunState after) {
    if (f.heard().map(Heard::last).orElse(true)) {
      return Optional.of(new Effect.Unsubscribe(run.id() + "-" + f.id()));
    }
    boolean narrower = f.heard().map(it -> !it.learnt().isEmpty()).orElse(false);
    Activation a = after.live().get(f.id());
    return narrower && a != null && a.work() instanceof Work.Consuming w
        ? subscribe(w)
        : Optional.empty();
  }

  static Optional<Effect> subscribe(Work.Consuming w) {
    return w.closed()
        ? Optional.empty()
        : Optional.of(new Effect.Subscribe(w.subscription(), wanted(w)));
  }

  static Effect unsubscribe(Work.Consuming w) {
    return new Effect.Unsubscribe(w.subscription());
  }

  static Stream<Work.Consuming> open(RunState state) {
    return state.live().values().stream()
        .flatMap(a -> a.work() instanceof Work.Consuming w ? Stream.of(w) : Stream.of())
        .filter(w -> !w.closed());
  }

  /** All filters, those of {@code until} after the others: a filter's place is its slot. */
  static List<EventFilter> all(Listening listening) {
    return Stream.concat(
            listening.to().filters().stream(),
            listening.to().untilHeard().stream().flatMap(it -> it.filters().stream()))
        .toList();
  }

  /** What is still wanted, with the values that the correlations have by now. */
  private static List<EventFilter> wanted(Work.Consuming w) {
    List<EventFilter> all = all(w.listening());
    boolean once = w.listening().to().mode() == Mode.ALL;
    List<EventFilter> wanted = new ArrayList<>();
    for (int slot = 0; slot < all.size(); slot++) {
      boolean had = once && slot < w.listening().to().filters().size() && w.heard().contains(slot);
      if (!had) {
        wanted.add(narrowed(all.get(slot), w.learnt()));
      }
    }
    return wanted;
  }

  private static EventFilter narrowed(EventFilter filter, Map<String, String> learnt) {
    Map<String, Correlation> known = new HashMap<>(filter.correlations());
    learnt.forEach(
        (name, value) ->
            known.computeIfPresent(
                name,
                (_, it) ->
                    it.expect().isPresent()
                        ? it
                        : new Correlation(it.from(), Optional.of(TextNode.valueOf(value)))));
    return new EventFilter(filter.with(), Optional.of(known));
  }
}
