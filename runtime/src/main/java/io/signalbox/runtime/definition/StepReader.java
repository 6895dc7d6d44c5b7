package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.definition.StepLists.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one task: which kind it is, and what every kind may have. */
final class StepReader {
  private static final Set<String> COMMON =
      Set.of("if", "input", "output", "export", "timeout", "then", "metadata");

  /** Properties of each kind; the key is the one that tells the kind. */
  private static final Map<String, Set<String>> KINDS = kinds();

  private final Compilation in;

  StepReader(Compilation in) {
    this.in = in;
  }

  private static Map<String, Set<String>> kinds() {
    Map<String, Set<String>> kinds = new LinkedHashMap<>();
    // 'for' before 'do', which it has as its body
    kinds.put("for", Set.of("for", "while", "do"));
    kinds.put("do", Set.of("do"));
    kinds.put("fork", Set.of("fork"));
    kinds.put("try", Set.of("try", "catch"));
    kinds.put("set", Set.of("set"));
    kinds.put("switch", Set.of("switch"));
    kinds.put("raise", Set.of("raise"));
    kinds.put("wait", Set.of("wait"));
    kinds.put("emit", Set.of("emit"));
    kinds.put("listen", Set.of("listen", "foreach"));
    kinds.put("call", Set.of("call", "with"));
    kinds.put("run", Set.of("run"));
    return kinds;
  }

  Optional<Step> read(Place task, String name, Surroundings around) {
    if (!in.findings.object(task, "a task")) {
      return Optional.empty();
    }
    List<String> kinds = KINDS.keySet().stream().filter(task.node()::has).toList();
    if (kinds.isEmpty()) {
      in.findings.fault(
          task, "is no task: it needs one of " + String.join(", ", new TreeSet<>(KINDS.keySet())));
      return Optional.empty();
    }
    String kind = kinds.getFirst();
    Set<String> properties = new TreeSet<>(COMMON);
    properties.addAll(KINDS.getOrDefault(kind, Set.of()));
    for (String other : kinds) {
      if (!properties.contains(other)) {
        in.findings.fault(
            task.at(other), "a task does one thing, and this one already has '" + kind + "'");
      }
    }
    Set<String> told = new TreeSet<>(properties);
    told.addAll(kinds);
    in.findings.only(task, "a '" + kind + "' task", told);
    Optional<Step> step = task(kind, task, around).map(read -> step(task, name, read, around));
    in.schema.ifPresent(schema -> schema.task(task, kind, in.findings));
    step.ifPresent(read -> in.steps.put(read.pointer(), read));
    return step;
  }

  private Step step(Place task, String name, Task read, Surroundings around) {
    Names names = around.names();
    Names after = (HttpCall.authenticates(read) ? names.authorized() : names).plus("output");
    return new Step(
        task.pointer(),
        name,
        read,
        in.findings.expression(task.at("if"), names),
        in.data.read(task, "input", "from", names),
        in.data.read(task, "output", "as", after),
        in.data.read(task, "export", "as", after),
        in.timeout(task.at("timeout"), names),
        flow(task.at("then"), around.siblings()),
        task.node(),
        in.beyond.metadata(task, around));
  }

  private Optional<Task> task(String kind, Place task, Surroundings around) {
    return switch (kind) {
      case "do" -> Optional.of(in.flow.sequence(task, around));
      case "for" -> in.flow.loop(task, around);
      case "fork" -> in.flow.fork(task, around);
      case "try" -> in.flow.attempt(task, around);
      case "switch" -> in.flow.choice(task, around);
      case "set" -> in.plain.set(task, around.names());
      case "raise" -> in.plain.raise(task, around.names());
      case "wait" -> in.plain.pause(task, around.names());
      case "emit" -> in.plain.emit(task, around.names());
      case "listen" -> in.listening.listen(task, around);
      case "call" ->
          (in.beyond.knows(task) ? in.beyond.call(task, around) : call(task, around))
              .map(it -> loosened(it, around.names()));
      case "run" -> in.runs.read(task, around.names()).map(it -> loosened(it, around.names()));
      default -> {
        in.findings.notBuilt(task.at(kind), "'" + kind + "' tasks are");
        yield Optional.empty();
      }
    };
  }

  private Task loosened(Task task, Names names) {
    return task instanceof Task.Call call
        ? new Task.Call(call.kind(), in.findings.loosened(call.with(), names))
        : task;
  }

  private Optional<Task> call(Place task, Surroundings around) {
    Names names = around.names();
    JsonNode function = task.at("call").node();
    if (!function.isTextual()) {
      in.findings.fault(task.at("call"), "must be the name of what to call");
      return Optional.empty();
    }
    return switch (function.textValue()) {
      case "http" -> in.http.read(task, names.authorized());
      case "openapi" -> in.openapi.read(task, names.authorized());
      case "agent" -> in.gateway.agent(task, names);
      case "tool" -> in.gateway.tool(task, names);
      case "approval" -> in.gateway.approval(task, names);
      case "grpc", "asyncapi" -> {
        in.findings.fault(task.at("call"), NotOurs.why(function.textValue()));
        yield Optional.empty();
      }
      case "mcp" -> McpCall.read(in, task, names);
      case "a2a", "crew" -> {
        in.findings.notBuilt(task.at("call"), "calls of " + function.textValue() + " are");
        yield Optional.empty();
      }
      default -> in.functions.call(task, around);
    };
  }

  /** A flow directive; one that names a task must name one of the same list. */
  Flow flow(Place place, Set<String> siblings) {
    return in.findings
        .text(place)
        .map(Flow::parse)
        .map(
            flow -> {
              if (flow instanceof Flow.Goto(String name) && !siblings.contains(name)) {
                in.findings.fault(
                    place,
                    "there is no task '%s' in this list; 'then' may be continue, exit, end%s"
                        .formatted(
                            name,
                            siblings.isEmpty()
                                ? ""
                                : " or one of " + String.join(", ", new TreeSet<>(siblings))));
              }
              return flow;
            })
        .orElseGet(Flow.Continue::new);
  }
}
