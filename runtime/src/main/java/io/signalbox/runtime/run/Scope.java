package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables an expression sees: {@code $context}, {@code $workflow}, {@code $runtime}, {@code
 * $task}, {@code $input}, {@code $output} and those of the loops and handlers around it.
 */
final class Scope {
  private static final JsonNode RUNTIME =
      Json.object().put("name", "signalbox").put("version", "0.1.0").set("metadata", Json.object());

  private Scope() {}

  /** Variables inside the given activation, which is where its sub-tasks run. */
  static Map<String, JsonNode> inside(
      RunId run, Definition definition, RunState state, Activation a) {
    Map<String, JsonNode> variables = new HashMap<>();
    for (Activation at = a; at != null; at = state.live().get(at.parent())) {
      bind(definition, at, variables);
    }
    variables.put("context", state.context());
    variables.put("runtime", RUNTIME);
    variables.put("workflow", workflow(run, definition, state));
    Secrets.bind(variables, definition, Secrets.tag(state));
    return variables;
  }

  /** Variables of the task itself: those around it, and {@code $task} and {@code $input}. */
  static Map<String, JsonNode> of(RunId run, Definition definition, RunState state, Activation a) {
    Map<String, JsonNode> variables = inside(run, definition, state, a);
    variables.put("input", a.input());
    Step step = definition.steps().get(a.task());
    if (step != null) {
      ObjectNode task = Json.object().put("name", step.name()).put("reference", a.task());
      task.set("definition", step.source());
      task.set("input", a.input());
      task.set("startedAt", Json.tree(a.startedAt()));
      variables.put("task", task);
      Secrets.authenticating(step)
          .ifPresent(call -> Secrets.bindAuthorization(variables, call, state));
    }
    return variables;
  }

  private static void bind(Definition definition, Activation a, Map<String, JsonNode> variables) {
    Step step = definition.steps().get(a.task());
    if (step == null) {
      return;
    }
    if (a.work() instanceof Work.Loop loop
        && step.task() instanceof Task.For task
        && loop.index() >= 0) {
      variables.putIfAbsent(task.each(), loop.items().path(loop.index()));
      variables.putIfAbsent(task.at(), IntNode.valueOf(loop.index()));
    }
    if (a.work() instanceof Work.Trying trying && step.task() instanceof Task.Try task) {
      trying
          .handling()
          .ifPresent(error -> variables.putIfAbsent(task.caught().as(), Json.tree(error)));
    }
  }

  private static JsonNode workflow(RunId run, Definition definition, RunState state) {
    ObjectNode workflow = Json.object().put("id", run.id());
    workflow.set("definition", definition.source());
    state
        .begun()
        .ifPresent(
            begun -> {
              workflow.set("input", begun.input());
              workflow.set("startedAt", Json.tree(begun.at()));
            });
    return workflow;
  }
}
