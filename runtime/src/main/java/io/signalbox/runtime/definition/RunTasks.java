package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code run}: a workflow, or a process where the operator allows it. */
final class RunTasks {
  private static final List<String> KINDS = List.of("workflow", "shell", "script", "container");
  private static final List<String> RETURNS = List.of("stdout", "stderr", "code", "all", "none");

  private final Compilation in;
  private final ProcessTasks processes;

  RunTasks(Compilation in) {
    this.in = in;
    this.processes = new ProcessTasks(in);
  }

  Optional<Task> read(Place task, Names names) {
    Place run = task.at("run");
    if (!in.findings.object(run, "'run'")) {
      return Optional.empty();
    }
    Set<String> allowed = new TreeSet<>(KINDS);
    allowed.addAll(List.of("await", "return"));
    in.findings.only(run, "'run'", allowed);
    List<String> kinds = KINDS.stream().filter(run.node()::has).toList();
    if (kinds.size() != 1) {
      in.findings.fault(run, "'run' needs exactly one of " + String.join(", ", KINDS));
      return Optional.empty();
    }
    Place await = run.at("await");
    if (await.present() && !await.node().isBoolean()) {
      in.findings.fault(await, "must be true or false");
    }
    Place returns = run.at("return");
    if (returns.present() && !RETURNS.contains(returns.text())) {
      in.findings.fault(returns, "must be one of " + String.join(", ", RETURNS));
    }
    ObjectNode with = Json.object();
    with.put("await", await.node().asBoolean(true));
    with.put("return", returns.present() ? returns.text() : "stdout");
    return kinds.getFirst().equals("workflow")
        ? workflow(run, with, names)
        : processes.read(kinds.getFirst(), run.at(kinds.getFirst()), with, names);
  }

  private Optional<Task> workflow(Place run, ObjectNode with, Names names) {
    Place workflow = run.at("workflow");
    if (!in.findings.object(workflow, "'workflow'")) {
      return Optional.empty();
    }
    in.findings.only(workflow, "'workflow'", Set.of("namespace", "name", "version", "input"));
    if (!Set.of("stdout", "none").contains(with.path("return").asText())) {
      in.findings.fault(
          run.at("return"), "a workflow has an output and nothing else: use stdout or none");
    }
    for (String needed : List.of("namespace", "name", "version")) {
      in.findings.requiredText(workflow, needed, "'workflow'");
      in.findings.template(workflow.at(needed), names);
      with.set(needed, workflow.at(needed).node());
    }
    Optional<JsonNode> input = in.findings.template(workflow.at("input"), names);
    input.ifPresent(it -> with.set("input", it));
    return Optional.of(new Task.Call(CallKind.WORKFLOW, with));
  }
}
