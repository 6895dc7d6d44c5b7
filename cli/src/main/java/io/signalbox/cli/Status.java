package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Tells whether the local server runs, and how it is. */
@CommandLine.Command(name = "status", description = "The local server: its processes and health.")
final class Status extends Command {
  @Override
  int carryOut(Gateway gateway) throws Trouble {
    List<Long> running = running(connection().folder());
    boolean ready = gateway.ready();
    ObjectNode status = Json.object().put("url", connection().address());
    status.put("data", connection().folder().toString()).put("status", ready ? "up" : "down");
    ArrayNode pids = status.putArray("processes");
    running.forEach(pids::add);
    if (ready) {
      status.set("members", members(gateway));
    }
    if (forMachines()) {
      show(status);
    } else {
      new Table("URL", "STATUS", "PROCESSES", "DATA")
          .row(
              Table.Cell.of(status.path("url").asText()),
              new Table.Cell(ready ? "ready" : "not ready", ready ? Ink.GREEN : Ink.RED),
              Table.Cell.of(String.join(", ", Words.texts(pids))),
              Table.Cell.of(status.path("data").asText()))
          .print(out);
    }
    if (!ready) {
      throw running.isEmpty()
          ? Trouble.here(
              "no server runs on " + connection().folder(), "start it: `signalbox start`")
          : Trouble.here("the server runs but is not ready", "see `signalbox logs`");
    }
    return 0;
  }

  private static JsonNode members(Gateway gateway) {
    try {
      return gateway.get("/v1/cluster").path("members");
    } catch (Trouble notShown) {
      return Json.object().arrayNode();
    }
  }

  /** The processes whose pid files lie in the folder and that are still there. */
  private static List<Long> running(Path folder) {
    List<Long> pids = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".pid")).sorted().toList()) {
        String text = Files.readString(file).strip();
        if (text.matches("[0-9]{1,9}")) {
          ProcessHandle.of(Long.parseLong(text)).ifPresent(it -> pids.add(it.pid()));
        }
      }
    } catch (IOException noFolder) {
      return List.of();
    }
    return pids;
  }
}
