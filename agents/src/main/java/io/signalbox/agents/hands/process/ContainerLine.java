package io.signalbox.agents.hands.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line that has an engine (docker, podman or what takes the same options) run a
 * container: without privileges, within limits, and under a name that lets it be killed. Pure.
 */
final class ContainerLine {
  private ContainerLine() {}

  static Launch of(ProcessSettings.Engine engine, String key, JsonNode with) throws Setback {
    String image = with.path("image").asText();
    if (!image.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,255}")) {
      throw Setback.invalid("/image: '" + image + "' is no name of an image");
    }
    String name = with.path("name").asText("signalbox-" + key.replaceAll("[^A-Za-z0-9_.-]", "-"));
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
      throw Setback.invalid("/name: '" + name + "' is no name of a container");
    }
    List<String> line = new ArrayList<>(engine.command());
    line.add("run");
    if (!with.path("lifetime").path("cleanup").asText("always").equals("never")) {
      line.add("--rm");
    }
    line.addAll(List.of("--name", name, "--label", "signalbox.key=" + key));
    line.addAll(List.of("--network", engine.network(), "--memory", engine.memory()));
    line.addAll(List.of("--cpus", engine.cpus()));
    line.addAll(List.of("--pids-limit", Integer.toString(engine.processes())));
    line.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    if (Launches.stdin(with).isPresent()) {
      line.add("--interactive");
    }
    new TreeMap<>(Launches.pairs(with.path("environment"), "environment"))
        .forEach((n, value) -> line.addAll(List.of("--env", n + "=" + value)));
    volumes(engine, with.path("volumes"), line);
    ports(engine, with.path("ports"), line);
    line.add(image);
    command(with, line);
    List<String> kill = new ArrayList<>(engine.command());
    kill.addAll(List.of("kill", name));
    return new Launch(
        line, engine.environment(), Map.of(), Launches.stdin(with), Launch.Limits.NONE, kill);
  }

  private static void command(JsonNode with, List<String> line) {
    List<String> arguments = Launches.arguments(with.path("arguments"));
    if (with.path("command").isTextual()) {
      String command = with.path("command").textValue();
      line.addAll(List.of("sh", "-c", arguments.isEmpty() ? command : command + " \"$@\"", "sh"));
    }
    line.addAll(arguments);
  }

  private static void volumes(ProcessSettings.Engine engine, JsonNode volumes, List<String> line)
      throws Setback {
    for (Map.Entry<String, JsonNode> it : volumes.properties()) {
      Path host = Path.of(it.getKey()).normalize();
      boolean allowed =
          host.isAbsolute() && engine.volumes().stream().map(Path::of).anyMatch(host::startsWith);
      if (!allowed || it.getKey().indexOf(':') >= 0) {
        throw Setback.failed(
            "authorization",
            403,
            "/volumes: "
                + it.getKey()
                + " is not below a folder that may be mounted"
                + " (signalbox.agents.hands.processes.container.volumes)");
      }
      line.addAll(List.of("--volume", host + ":" + it.getValue().asText()));
    }
  }

  private static void ports(ProcessSettings.Engine engine, JsonNode ports, List<String> line)
      throws Setback {
    if (!ports.isEmpty() && !engine.ports()) {
      throw Setback.failed(
          "authorization",
          403,
          "/ports: containers may not open ports"
              + " (signalbox.agents.hands.processes.container.ports)");
    }
    for (Map.Entry<String, JsonNode> it : ports.properties()) {
      if (!(it.getKey() + ":" + it.getValue().asText()).matches("[0-9]{1,5}:[0-9]{1,5}")) {
        throw Setback.invalid("/ports: " + it.getKey() + " must be a number, and its value too");
      }
      line.addAll(List.of("--publish", "127.0.0.1:" + it.getKey() + ":" + it.getValue().asText()));
    }
  }
}
