package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.expression.Expressions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads shell commands, scripts and containers of {@code run}, where the operator allows them. */
final class ProcessTasks {
  private static final Map<String, Set<String>> PROPERTIES =
      Map.of(
          "shell", Set.of("command", "arguments", "environment", "stdin"),
          "script", Set.of("language", "code", "source", "arguments", "environment", "stdin"),
          "container",
              Set.of(
                  "image",
                  "name",
                  "command",
                  "arguments",
                  "ports",
                  "volumes",
                  "environment",
                  "stdin",
                  "lifetime"));

  private final Compilation in;

  ProcessTasks(Compilation in) {
    this.in = in;
  }

  Optional<Task> read(String kind, Place process, ObjectNode with, Names names) {
    if (!in.findings.object(process, "'" + kind + "'")) {
      return Optional.empty();
    }
    in.findings.only(process, "'" + kind + "'", PROPERTIES.getOrDefault(kind, Set.of()));
    switch (kind) {
      case "shell" -> in.findings.requiredText(process, "command", "'shell'");
      case "script" -> script(process);
      default -> container(process);
    }
    String needed = kind.equals("script") ? "script:" + language(process) : kind;
    boolean allowed = in.allowed.processes().map(it -> it.contains(needed)).orElse(true);
    if (!allowed && !in.findings.near(process.pointer())) {
      in.findings.fault(
          process,
          "processes of kind '"
              + needed
              + "' are not allowed here; the operator may allow them"
              + " (signalbox.agents.hands.processes)");
    }
    for (String pairs : Set.of("environment", "volumes", "ports")) {
      if (process.at(pairs).present() && !expression(process.at(pairs))) {
        in.findings.object(process.at(pairs), "'" + pairs + "'");
      }
    }
    in.findings.template(process, names);
    with.put("process", needed);
    process.node().properties().forEach(it -> with.set(it.getKey(), it.getValue()));
    return Optional.of(new Task.Call(CallKind.PROCESS, with));
  }

  private void script(Place script) {
    in.findings.requiredText(script, "language", "'script'");
    if (script.at("source").present()) {
      in.findings.fault(script.at("source"), "scripts from elsewhere are not taken; use 'code'");
    } else {
      in.findings.requiredText(script, "code", "'script'");
    }
    String language = language(script);
    if (!language.isEmpty() && !Set.of("python", "js").contains(language)) {
      in.findings.fault(script.at("language"), "must be python or js");
    }
  }

  private void container(Place container) {
    in.findings.requiredText(container, "image", "'container'");
    Place lifetime = container.at("lifetime");
    if (lifetime.present()
        && in.findings.object(lifetime, "'lifetime'")
        && !Set.of("always", "never").contains(lifetime.at("cleanup").node().asText("always"))) {
      in.findings.fault(
          lifetime.at("cleanup"), "must be always or never: 'eventually' is not built yet");
    }
  }

  private static String language(Place script) {
    String language = script.at("language").text().toLowerCase(Locale.ROOT);
    return language.equals("javascript") ? "js" : language;
  }

  private static boolean expression(Place place) {
    return place.node().isTextual() && Expressions.isExpression(place.text());
  }
}
