package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.definition.StepLists.Surroundings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls of a workflow's own functions: declared under {@code use.functions}, or taken from a
 * catalog ({@code name:version@catalog}) and from then on kept in the definition. A call becomes
 * the function's task with {@code with} as its input, below the pointer of the call.
 */
final class Functions {
  private static final String PART = "([A-Za-z0-9][A-Za-z0-9._+-]{0,127})";
  private static final Pattern CATALOGUED = Pattern.compile(PART + ":" + PART + "@" + PART);

  private final Compilation in;
  private final CatalogLocations locations;
  private final Map<String, JsonNode> pinned = new LinkedHashMap<>();
  private final Map<String, Boolean> sound = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  Functions(Compilation in, CatalogLocations locations) {
    this.in = in;
    this.locations = locations;
  }

  /** What was taken from catalogs, by the name it is called by. */
  Map<String, JsonNode> pinned() {
    return Map.copyOf(pinned);
  }

  /** Every declared function, so that its faults are told though nothing calls it. */
  void declared() {
    in.use.section("functions").fieldNames().forEachRemaining(name -> sound(name, place(name)));
    in.use
        .section("catalogs")
        .fieldNames()
        .forEachRemaining(name -> endpoint(in.use.place("catalogs", name)));
  }

  Optional<Task> call(Place task, Surroundings around) {
    String name = task.at("call").text();
    Place with = task.at("with");
    if (with.present() && !in.findings.object(with, "'with'")) {
      return Optional.empty();
    }
    in.findings.template(with, around.names());
    Optional<Place> function = function(task.at("call"), name);
    if (function.isEmpty() || !sound(name, function.get())) {
      return Optional.empty();
    }
    if (open.contains(name)) {
      in.findings.fault(task.at("call"), "function '" + name + "' calls itself");
      return Optional.empty();
    }
    open.push(name);
    Optional<Step> body =
        read(new Place(task.pointer() + "/call", function.get().node()), name, around);
    open.pop();
    return body.map(it -> with.present() ? given(task, it, with.node()) : it)
        .map(it -> new Task.Do(new Steps(task.pointer() + "/call", List.of(it))));
  }

  /**
   * The function's task with the arguments as its input; one that shapes its input does so after.
   */
  private Step given(Place task, Step body, JsonNode with) {
    boolean plain = body.inputFrom().isEmpty() && body.when().isEmpty();
    Step step =
        new Step(
            plain ? body.pointer() : task.pointer() + "/with",
            body.name(),
            plain ? body.task() : new Task.Do(new Steps(body.pointer(), List.of(body))),
            Optional.empty(),
            Optional.of(with),
            plain ? body.outputAs() : Optional.empty(),
            plain ? body.exportAs() : Optional.empty(),
            plain ? body.timeout() : Optional.empty(),
            plain ? body.then() : new Flow.Continue(),
            body.source());
    in.steps.put(step.pointer(), step);
    return step;
  }

  private Optional<Step> read(Place body, String name, Surroundings around) {
    if (around.depth() >= in.limits.nesting()) {
      in.findings.fault(body, "tasks are nested deeper than " + in.limits.nesting());
      return Optional.empty();
    }
    in.tasks++;
    return in.reader.read(
        body, name, new Surroundings(Names.EVERYWHERE, around.depth() + 1, Set.of()));
  }

  /** Whether the function can be read where it is declared; its faults are told once, there. */
  private boolean sound(String name, Place function) {
    Boolean known = sound.get(name);
    if (known != null) {
      return known;
    }
    if (open.contains(name)) {
      // told where the call stands
      return true;
    }
    int before = in.findings.all().size();
    int tasks = in.tasks;
    open.push(name);
    read(function, name, new Surroundings(Names.EVERYWHERE, 1, Set.of()));
    open.pop();
    in.tasks = tasks;
    in.steps.keySet().removeIf(pointer -> Findings.within(pointer, function.pointer()));
    boolean fine = in.findings.all().size() == before;
    sound.put(name, fine);
    return fine;
  }

  private Place place(String name) {
    return in.use.place("functions", name);
  }

  private Optional<Place> function(Place call, String name) {
    Place declared = place(name);
    if (declared.present()) {
      return Optional.of(declared);
    }
    Matcher catalogued = CATALOGUED.matcher(name);
    if (catalogued.matches()) {
      return fromCatalog(call, name, catalogued);
    }
    Set<String> known = new TreeSet<>(Set.of("http", "agent", "tool", "approval"));
    in.use.section("functions").fieldNames().forEachRemaining(known::add);
    in.findings.fault(
        call,
        "there is no function '%s'; there are %s, and those of a catalog as name:version@catalog"
            .formatted(name, String.join(", ", known)));
    return Optional.empty();
  }

  private Optional<Place> fromCatalog(Place call, String name, Matcher parts) {
    JsonNode known = pinned.get(name);
    if (known != null) {
      return Optional.of(new Place(call.pointer(), known));
    }
    Place catalog = in.use.place("catalogs", parts.group(3));
    if (!catalog.present() && !parts.group(3).equals("default")) {
      in.findings.fault(call, "there is no catalog '" + parts.group(3) + "' in use.catalogs");
      return Optional.empty();
    }
    Optional<String> endpoint = catalog.present() ? endpoint(catalog) : locations.standard();
    if (endpoint.isEmpty()) {
      if (!catalog.present()) {
        in.findings.fault(
            call, "no default catalog is configured (signalbox.runtime.catalogs.default)");
      }
      return Optional.empty();
    }
    try {
      JsonNode function = locations.function(endpoint.get(), parts.group(1), parts.group(2));
      pinned.put(name, function);
      return Optional.of(new Place(call.pointer(), function));
    } catch (CatalogLocations.Unavailable e) {
      in.findings.fault(call, "function '" + name + "' cannot be taken: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A catalog's endpoint: a URI, plain or as an endpoint object. */
  private Optional<String> endpoint(Place catalog) {
    if (!in.findings.object(catalog, "a catalog")) {
      return Optional.empty();
    }
    in.findings.only(catalog, "a catalog", Set.of("endpoint"));
    Place endpoint = catalog.at("endpoint");
    if (endpoint.node().isObject()) {
      in.findings.only(endpoint, "a catalog's endpoint", Set.of("uri"));
      endpoint = endpoint.at("uri");
    }
    if (!endpoint.present()) {
      in.findings.fault(catalog, "a catalog needs 'endpoint', a URI");
      return Optional.empty();
    }
    return in.findings.text(endpoint);
  }
}
