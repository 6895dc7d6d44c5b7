package io.signalbox.runtime.definition;

import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Steps;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads lists of named tasks. */
final class StepLists {
  private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");

  private final Compilation in;

  StepLists(Compilation in) {
    this.in = in;
  }

  /** Where a task stands: how deep, and which names its {@code then} may go to. */
  record Surroundings(Names names, int depth, Set<String> siblings) {
    Surroundings {
      siblings = Set.copyOf(siblings);
    }
  }

  Steps sequence(Place place, Names names, int depth) {
    return new Steps(place.pointer(), steps(place, names, depth, true));
  }

  /** Branches stand beside each other: none can go to another. */
  List<Step> branches(Place place, Names names, int depth) {
    return steps(place, names, depth, false);
  }

  private List<Step> steps(Place place, Names names, int depth, boolean sequence) {
    if (!place.node().isArray()) {
      in.findings.fault(place, "must be a list of named tasks, such as [{greet: {set: ...}}]");
      return List.of();
    }
    if (place.node().isEmpty()) {
      in.findings.fault(place, "needs at least one task");
      return List.of();
    }
    if (depth > in.limits.nesting()) {
      in.findings.fault(place, "tasks are nested deeper than " + in.limits.nesting());
      return List.of();
    }
    if (!sequence && place.node().size() > in.limits.branches()) {
      in.findings.fault(place, "the fork has more than " + in.limits.branches() + " branches");
      return List.of();
    }
    in.tasks += place.node().size();
    if (in.tasks > in.limits.tasks()) {
      in.findings.fault("/do", "the definition has more than " + in.limits.tasks() + " tasks");
      return List.of();
    }
    Surroundings around = new Surroundings(names, depth, sequence ? namesOf(place) : Set.of());
    List<Step> steps = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < place.node().size(); i++) {
      Place item = place.at(i);
      if (!item.node().isObject() || item.node().size() != 1) {
        in.findings.fault(
            item, "must be an object with one key, the task's name, such as {greet: {set: ...}}");
        continue;
      }
      String name = item.node().fieldNames().next();
      Place task = item.at(name);
      if (checkedName(task, name, seen)) {
        in.reader.read(task, name, around).ifPresent(steps::add);
      }
    }
    return steps;
  }

  private boolean checkedName(Place task, String name, Set<String> seen) {
    if (name.isBlank() || name.length() > 200) {
      in.findings.fault(task, "a task's name must have 1 to 200 characters");
      return false;
    }
    if (DIRECTIVES.contains(name)) {
      in.findings.fault(
          task, "a task cannot be named '" + name + "': 'then' reads it as a directive");
      return false;
    }
    if (!seen.add(name)) {
      in.findings.fault(task, "there is another task '" + name + "' in this list; rename one");
      return false;
    }
    return true;
  }

  private static Set<String> namesOf(Place list) {
    Set<String> names = new LinkedHashSet<>();
    list.node().forEach(item -> item.fieldNames().forEachRemaining(names::add));
    return names;
  }
}
