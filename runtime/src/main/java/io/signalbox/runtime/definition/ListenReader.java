package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.Consumption.Mode;
import io.signalbox.protocol.definition.Correlation;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.definition.ForEach;
import io.signalbox.protocol.definition.ReadAs;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.definition.StepLists.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code listen} tasks, and which events anything waits for. */
final class ListenReader {
  private static final Set<String> STRATEGIES = Set.of("one", "any", "all", "until");
  private static final Set<String> READ = Set.of("data", "envelope", "raw");
  private static final int MOST = 100;

  private final Compilation in;

  ListenReader(Compilation in) {
    this.in = in;
  }

  Optional<Task> listen(Place task, Surroundings around) {
    Place listen = task.at("listen");
    Optional<ForEach> foreach = foreach(task.at("foreach"), around);
    if (!in.findings.object(listen, "'listen'")) {
      return Optional.empty();
    }
    in.findings.only(listen, "'listen'", Set.of("to", "read"));
    Place read = listen.at("read");
    if (read.present() && !READ.contains(read.text())) {
      in.findings.fault(read, "must be data, envelope or raw");
      return Optional.empty();
    }
    if (!listen.at("to").present()) {
      in.findings.fault(listen, "'listen' needs 'to'");
      return Optional.empty();
    }
    ReadAs as = read.present() ? ReadAs.valueOf(read.text().toUpperCase(Locale.ROOT)) : ReadAs.DATA;
    return consumption(listen.at("to"), around.names()).map(to -> new Task.Listen(to, as, foreach));
  }

  private Optional<ForEach> foreach(Place foreach, Surroundings around) {
    if (!foreach.present() || !in.findings.object(foreach, "'foreach'")) {
      return Optional.empty();
    }
    in.findings.only(foreach, "'foreach'", Set.of("item", "at", "do", "output", "export"));
    String item = in.flow.variable(foreach.at("item"), "item");
    String at = in.flow.variable(foreach.at("at"), "index");
    if (item.equals(at)) {
      in.findings.fault(foreach.at("at"), "'item' and 'at' must be two variables");
    }
    Names names = around.names().plus(item, at);
    Optional<Steps> body =
        foreach.at("do").present()
            ? Optional.of(in.lists.sequence(foreach.at("do"), names, around.depth() + 1))
            : Optional.empty();
    return Optional.of(
        new ForEach(
            item,
            at,
            body,
            in.data.read(foreach, "output", "as", names.plus("output")),
            in.data.read(foreach, "export", "as", names.plus("output"))));
  }

  /** {@code one}, {@code any} or {@code all}, of a listen task or a schedule. */
  Optional<Consumption> consumption(Place to, Names names) {
    if (!in.findings.object(to, "what to listen to")) {
      return Optional.empty();
    }
    in.findings.only(to, "what to listen to", STRATEGIES);
    List<String> modes = List.of("one", "any", "all").stream().filter(to.node()::has).toList();
    if (modes.size() != 1) {
      in.findings.fault(to, "needs one of 'one', 'any' and 'all'");
      return Optional.empty();
    }
    Place until = to.at("until");
    if (until.present() && !to.node().has("any")) {
      in.findings.fault(until, "'until' ends listening to 'any', and nothing else");
      return Optional.empty();
    }
    Mode mode = Mode.valueOf(modes.getFirst().toUpperCase(Locale.ROOT));
    List<EventFilter> filters = filters(to.at(modes.getFirst()), mode, names);
    Optional<String> holds =
        until.node().isObject() ? Optional.empty() : in.findings.expression(until, names);
    Optional<Consumption> heard = until.node().isObject() ? ending(until, names) : Optional.empty();
    return filters.isEmpty()
        ? Optional.empty()
        : Optional.of(new Consumption(mode, filters, holds, heard));
  }

  private Optional<Consumption> ending(Place until, Names names) {
    if (until.node().has("until")) {
      in.findings.fault(until.at("until"), "what ends the listening has no 'until' of its own");
      return Optional.empty();
    }
    return consumption(until, names);
  }

  private List<EventFilter> filters(Place place, Mode mode, Names names) {
    if (mode == Mode.ONE) {
      return filter(place, names).stream().toList();
    }
    if (!place.node().isArray()) {
      in.findings.fault(place, "must be a list of event filters");
      return List.of();
    }
    if (place.node().isEmpty()) {
      if (mode == Mode.ALL) {
        in.findings.fault(place, "needs at least one event filter");
        return List.of();
      }
      return List.of(EventFilter.EVERY);
    }
    if (place.node().size() > MOST) {
      in.findings.fault(place, "may have at most " + MOST + " event filters");
      return List.of();
    }
    List<EventFilter> filters = new ArrayList<>();
    for (int i = 0; i < place.node().size(); i++) {
      filter(place.at(i), names).ifPresent(filters::add);
    }
    return filters;
  }

  private Optional<EventFilter> filter(Place filter, Names names) {
    if (!in.findings.object(filter, "an event filter")) {
      return Optional.empty();
    }
    in.findings.only(filter, "an event filter", Set.of("with", "correlate"));
    Place with = filter.at("with");
    if (!with.node().isObject() || with.node().isEmpty()) {
      in.findings.fault(with.present() ? with : filter, "needs 'with' and at least one attribute");
      return Optional.empty();
    }
    Map<String, JsonNode> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> it : with.node().properties()) {
      attributes.put(it.getKey(), it.getValue());
      in.findings.template(with.at(it.getKey()), names);
    }
    in.findings.uri(with.at("source"));
    Map<String, Correlation> correlate = new HashMap<>();
    Place all = filter.at("correlate");
    if (all.present() && in.findings.object(all, "'correlate'")) {
      all.node()
          .fieldNames()
          .forEachRemaining(
              name -> correlation(all.at(name), names).ifPresent(it -> correlate.put(name, it)));
    }
    return Optional.of(new EventFilter(attributes, Optional.of(correlate)));
  }

  private Optional<Correlation> correlation(Place correlation, Names names) {
    if (!in.findings.object(correlation, "a correlation")) {
      return Optional.empty();
    }
    in.findings.only(correlation, "a correlation", Set.of("from", "expect"));
    in.findings.requiredText(correlation, "from", "a correlation");
    // looked at by whoever publishes an event, who knows nothing of the run
    Optional<String> from = in.findings.expression(correlation.at("from"), new Names(Set.of()));
    return from.map(
        it -> new Correlation(it, in.findings.template(correlation.at("expect"), names)));
  }
}
