package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.definition.StepLists.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tasks that hold other tasks or choose between them. */
final class FlowTasks {
  private final Compilation in;

  FlowTasks(Compilation in) {
    this.in = in;
  }

  Task sequence(Place task, Surroundings around) {
    return new Task.Do(in.lists.sequence(task.at("do"), around.names(), around.depth() + 1));
  }

  Optional<Task> loop(Place task, Surroundings around) {
    Place loop = task.at("for");
    if (!in.findings.object(loop, "'for'")) {
      return Optional.empty();
    }
    in.findings.only(loop, "'for'", Set.of("each", "in", "at"));
    String each = variable(loop.at("each"), "item");
    String at = variable(loop.at("at"), "index");
    if (each.equals(at)) {
      in.findings.fault(loop.at("at"), "'each' and 'at' must be two variables");
    }
    in.findings.requiredText(loop, "in", "'for'");
    String items = in.findings.expression(loop.at("in"), around.names()).orElse("");
    Names names = around.names().plus(each).plus(at);
    Optional<String> whilst = in.findings.expression(task.at("while"), names);
    if (!task.at("do").present()) {
      in.findings.fault(task, "a 'for' task needs 'do'");
      return Optional.empty();
    }
    return Optional.of(
        new Task.For(
            each, at, items, whilst, in.lists.sequence(task.at("do"), names, around.depth() + 1)));
  }

  Optional<Task> fork(Place task, Surroundings around) {
    Place fork = task.at("fork");
    if (!in.findings.object(fork, "'fork'")) {
      return Optional.empty();
    }
    in.findings.only(fork, "'fork'", Set.of("branches", "compete"));
    JsonNode compete = fork.at("compete").node();
    if (!compete.isMissingNode() && !compete.isBoolean()) {
      in.findings.fault(fork.at("compete"), "must be true or false");
    }
    if (!fork.at("branches").present()) {
      in.findings.fault(fork, "'fork' needs 'branches'");
      return Optional.empty();
    }
    return Optional.of(
        new Task.Fork(
            compete.asBoolean(false),
            in.lists.branches(fork.at("branches"), around.names(), around.depth() + 1)));
  }

  Optional<Task> attempt(Place task, Surroundings around) {
    var body = in.lists.sequence(task.at("try"), around.names(), around.depth() + 1);
    if (!task.at("catch").present()) {
      in.findings.fault(task, "a 'try' task needs 'catch'");
      return Optional.empty();
    }
    return in.catches.read(task.at("catch"), around).map(caught -> new Task.Try(body, caught));
  }

  Optional<Task> choice(Place task, Surroundings around) {
    Place choice = task.at("switch");
    if (!choice.node().isArray() || choice.node().isEmpty()) {
      in.findings.fault(
          choice, "must be a list of named cases, such as [{red: {when: ..., then: ...}}]");
      return Optional.empty();
    }
    List<Task.Case> cases = new ArrayList<>();
    for (int i = 0; i < choice.node().size(); i++) {
      Place item = choice.at(i);
      if (!item.node().isObject() || item.node().size() != 1) {
        in.findings.fault(item, "must be an object with one key, the case's name");
        continue;
      }
      String name = item.node().fieldNames().next();
      one(item.at(name), name, around).ifPresent(cases::add);
    }
    long defaults = cases.stream().filter(it -> it.when().isEmpty()).count();
    if (defaults > 1) {
      in.findings.fault(choice, "more than one case has no 'when'; only the first could be taken");
    }
    return Optional.of(new Task.Switch(cases));
  }

  private Optional<Task.Case> one(Place place, String name, Surroundings around) {
    if (!in.findings.object(place, "a case")) {
      return Optional.empty();
    }
    in.findings.only(place, "a case", Set.of("when", "then"));
    Optional<String> when = in.findings.expression(place.at("when"), around.names());
    in.findings.requiredText(place, "then", "a case");
    Flow then = in.reader.flow(place.at("then"), around.siblings());
    return Optional.of(new Task.Case(name, when, then));
  }

  /** The name of a variable, written without {@code $}. */
  String variable(Place place, String standard) {
    String name = in.findings.text(place).orElse(standard);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
      in.findings.fault(
          place, "must be a variable's name: letters, digits and _ only, written without $");
      return standard;
    }
    if (Names.RESERVED.contains(name)) {
      in.findings.fault(place, "$" + name + " is there already; choose another name");
    }
    return name;
  }
}
