package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Json;
import java.util.List;
import java.util.Optional;

/** Jira's simplified workflow: three states, each reachable from everywhere. */
final class Workflow {
  /** A move to a state of the same name. */
  record Transition(String id, String to, String category) {}

  static final String FIRST = "To Do";

  private static final List<Transition> TRANSITIONS =
      List.of(
          new Transition("11", FIRST, "new"),
          new Transition("21", "In Progress", "indeterminate"),
          new Transition("31", "Done", "done"));

  private Workflow() {}

  static Optional<Transition> transition(String id) {
    return TRANSITIONS.stream().filter(transition -> transition.id().equals(id)).findFirst();
  }

  static ObjectNode status(String name) {
    ObjectNode status = Json.object().put("name", name);
    TRANSITIONS.stream()
        .filter(transition -> transition.to().equals(name))
        .forEach(
            transition -> {
              status.put("id", "100" + transition.id());
              status.putObject("statusCategory").put("key", transition.category());
            });
    return status;
  }

  static ObjectNode json() {
    ObjectNode body = Json.object().put("expand", "transitions");
    ArrayNode list = body.putArray("transitions");
    for (Transition transition : TRANSITIONS) {
      ObjectNode one = list.addObject().put("id", transition.id()).put("name", transition.to());
      one.set("to", status(transition.to()));
      one.put("hasScreen", false).put("isGlobal", true).put("isAvailable", true);
    }
    return body;
  }
}
