package io.signalbox.agents.hands.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the DSL's {@code run} asks for, as a process to be started. Pure. */
final class Launches {
  /** Arguments become variables of the script. */
  private static final String PYTHON =
      "import json,runpy;runpy.run_path('script.py',"
          + "init_globals=json.load(open('arguments.json',encoding='utf-8')),run_name='__main__')";

  private static final String NODE =
      "Object.assign(globalThis,JSON.parse(require('fs').readFileSync('arguments.json','utf8')));"
          + "require('./script.js')";

  private Launches() {}

  static Launch of(ProcessSettings settings, String key, JsonNode with) throws Setback {
    String kind = with.path("process").asText();
    if (!settings.kinds().contains(kind)) {
      throw Setback.failed(
          "authorization", 403, "processes of kind '" + kind + "' are not allowed on this node");
    }
    return switch (kind) {
      case "shell" -> shell(settings, with);
      case "script:python" ->
          script(settings, with, "python", "script.py", List.of("-I", "-c", PYTHON));
      case "script:js" ->
          script(settings, with, "js", "script.js", List.of(heap(settings), "-e", NODE));
      default -> ContainerLine.of(engine(settings), key, with);
    };
  }

  private static ProcessSettings.Engine engine(ProcessSettings settings) throws Setback {
    if (settings.container().isEmpty()) {
      throw Setback.failed("authorization", 403, "containers are not allowed on this node");
    }
    return settings.container().get();
  }

  /** The arguments are parameters of the command, so that nothing in them is read as shell. */
  private static Launch shell(ProcessSettings settings, JsonNode with) throws Setback {
    List<String> arguments = arguments(with.path("arguments"));
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    String line = with.path("command").asText();
    command.add(arguments.isEmpty() ? line : line + " \"$@\"");
    command.add("sh");
    command.addAll(arguments);
    return new Launch(
        command, environment(settings, with), Map.of(), stdin(with), Launch.Limits.ALL, List.of());
  }

  private static Launch script(
      ProcessSettings settings, JsonNode with, String language, String file, List<String> options)
      throws Setback {
    String interpreter = settings.interpreters().getOrDefault(language, language);
    List<String> command = new ArrayList<>(List.of(interpreter));
    command.addAll(options);
    JsonNode arguments = with.path("arguments");
    return new Launch(
        command,
        environment(settings, with),
        Map.of(
            file,
            with.path("code").asText(),
            "arguments.json",
            arguments.isObject() ? arguments.toString() : "{}"),
        stdin(with),
        language.equals("js") ? Launch.Limits.ALL_BUT_MEMORY : Launch.Limits.ALL,
        List.of());
  }

  private static String heap(ProcessSettings settings) {
    return "--max-old-space-size=" + Math.max(16, settings.limits().memory() >> 20);
  }

  /** {@code name: value} is {@code name=value}, a name without a value stands alone. */
  static List<String> arguments(JsonNode given) {
    List<String> arguments = new ArrayList<>();
    if (given.isArray()) {
      given.forEach(it -> arguments.add(text(it)));
    } else {
      given
          .properties()
          .forEach(
              it ->
                  arguments.add(
                      it.getValue().isNull()
                          ? it.getKey()
                          : it.getKey() + "=" + text(it.getValue())));
    }
    return arguments;
  }

  static Map<String, String> environment(ProcessSettings settings, JsonNode with) throws Setback {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", settings.path());
    environment.put("LANG", "C.UTF-8");
    environment.putAll(pairs(with.path("environment"), "environment"));
    return environment;
  }

  static Map<String, String> pairs(JsonNode given, String what) throws Setback {
    Map<String, String> pairs = new HashMap<>();
    for (Map.Entry<String, JsonNode> it : given.properties()) {
      if (it.getKey().isEmpty()
          || it.getKey().indexOf('=') >= 0
          || it.getKey().indexOf('\0') >= 0) {
        throw Setback.invalid("/" + what + ": '" + it.getKey() + "' is no name");
      }
      pairs.put(it.getKey(), text(it.getValue()));
    }
    return pairs;
  }

  static Optional<String> stdin(JsonNode with) {
    JsonNode stdin = with.path("stdin");
    return stdin.isMissingNode() || stdin.isNull() ? Optional.empty() : Optional.of(text(stdin));
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
