package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
      variables.put("task", task(step, a.rawInput(), a.startedAt()));
      extended(definition, state, state.live().get(a.parent()), variables);
      Secrets.authenticating(step)
          .ifPresent(call -> Secrets.bindAuthorization(variables, call, state));
    }
    return variables;
  }

  /** The same for a task that is about to begin, which sees what flows in as its input. */
  static Map<String, JsonNode> starting(
      RunId run,
      Definition definition,
      RunState state,
      Activation parent,
      Step step,
      JsonNode raw,
      Instant now) {
    Map<String, JsonNode> variables = inside(run, definition, state, parent);
    variables.put("input", raw);
    variables.put("task", task(step, raw, now));
    extended(definition, state, parent, variables);
    return variables;
  }

  /** The same for a task that has its raw output. */
  static Map<String, JsonNode> returned(
      RunId run, Definition definition, RunState state, Activation a, JsonNode raw) {
    Map<String, JsonNode> variables = of(run, definition, state, a);
    Step step = definition.steps().get(a.task());
    if (step != null) {
      variables.put("task", task(step, a.rawInput(), a.startedAt()).set("output", raw));
      extended(definition, state, state.live().get(a.parent()), variables);
    }
    variables.put("output", raw);
    return variables;
  }

  /** What a workflow's {@code input.from} sees, before there is anything else. */
  static Map<String, JsonNode> beginning(
      RunId run, Definition definition, JsonNode input, Instant now) {
    Map<String, JsonNode> variables = new HashMap<>();
    variables.put("input", input);
    variables.put("runtime", RUNTIME);
    variables.put("workflow", workflow(run, definition, input, now));
    return variables;
  }

  /** To an extension's tasks, {@code $task} is the task that they extend. */
  private static void extended(
      Definition definition,
      RunState state,
      @Nullable Activation nearest,
      Map<String, JsonNode> variables) {
    for (Activation at = nearest; at != null; at = state.live().get(at.parent())) {
      if (at.work() instanceof Work.Extending extending) {
        Step step = definition.steps().get(at.task());
        if (step != null) {
          ObjectNode task = task(step, at.rawInput(), at.startedAt());
          extending
              .result()
              .ifPresent(
                  result -> {
                    task.set("output", result.output());
                    variables.put("output", result.output());
                  });
          variables.put("task", withDefinition(task, step));
        }
        return;
      }
    }
  }

  /** The DSL's own examples of extensions read the task's properties without "definition". */
  static ObjectNode withDefinition(ObjectNode task, Step step) {
    step.source()
        .properties()
        .forEach(
            property -> {
              if (!task.has(property.getKey())) {
                task.set(property.getKey(), property.getValue());
              }
            });
    return task;
  }

  static ObjectNode task(Step step, JsonNode raw, Instant startedAt) {
    ObjectNode task = Json.object().put("name", step.name()).put("reference", step.pointer());
    task.set("definition", step.source());
    task.set("input", raw);
    task.set("startedAt", moment(startedAt));
    return task;
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
    if (a.work() instanceof Work.Consuming w
        && w.index() >= 0
        && step.task() instanceof Task.Listen task
        && task.foreach().isPresent()) {
      variables.putIfAbsent(task.foreach().get().item(), w.queue().getFirst());
      variables.putIfAbsent(task.foreach().get().at(), IntNode.valueOf(w.index()));
    }
    if (a.work() instanceof Work.Trying trying && step.task() instanceof Task.Try task) {
      trying
          .handling()
          .ifPresent(error -> variables.putIfAbsent(task.caught().as(), Json.tree(error)));
    }
  }

  private static JsonNode workflow(RunId run, Definition definition, RunState state) {
    return state
        .begun()
        .map(begun -> workflow(run, definition, begun.input(), begun.at()))
        .orElseGet(() -> Json.object().put("id", run.id()).set("definition", definition.source()));
  }

  private static ObjectNode workflow(
      RunId run, Definition definition, JsonNode input, Instant startedAt) {
    ObjectNode workflow = Json.object().put("id", run.id());
    workflow.set("definition", definition.source());
    workflow.set("input", input);
    workflow.set("startedAt", moment(startedAt));
    return workflow;
  }

  /** The DSL's date time descriptor. */
  private static ObjectNode moment(Instant at) {
    ObjectNode moment = Json.object().put("iso8601", at.toString());
    moment
        .putObject("epoch")
        .put("seconds", at.getEpochSecond())
        .put("milliseconds", at.toEpochMilli());
    return moment;
  }
}
