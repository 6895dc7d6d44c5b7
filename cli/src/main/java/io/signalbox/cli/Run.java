package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a run. */
@CommandLine.Command(name = "run", description = "Start a run of a workflow.")
final class Run extends Command {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "[NAMESPACE/]NAME[:VERSION]; the namespace is `default` where not given")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "INPUT", description = "JSON, @FILE or -")
  private Optional<String> input = Optional.empty();

  @Option(names = "--id", paramLabel = "ID", description = "the run's id; used before: refused")
  private Optional<String> id = Optional.empty();

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "a label; may be repeated")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--wait",
      arity = "0..1",
      paramLabel = "PT30S",
      fallbackValue = "PT30S",
      description = "wait until it ends or waits on something outside")
  private Optional<String> wait = Optional.empty();

  @Option(names = "--watch", description = "follow its history")
  private boolean watch;

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    ObjectNode order = Json.object();
    order.set("workflow", workflow(name));
    if (input.isPresent()) {
      order.set("input", Input.json(input.get()));
    }
    id.ifPresent(given -> order.put("id", given));
    if (!labels.isEmpty()) {
      labels.forEach(order.putObject("labels")::put);
    }
    String query = wait.map(limit -> "?wait=" + limit).orElse("");
    JsonNode run = gateway.post("/v1/runs" + query, order);
    if (watch) {
      return Watch.follow(gateway, run.path("id").asText(), forMachines(), out);
    }
    if (forMachines()) {
      show(run);
    } else {
      Runs.print(run, out);
    }
    return run.path("status").asText().equals("faulted") ? 1 : 0;
  }

  static ObjectNode workflow(String name) {
    int slash = name.indexOf('/');
    int colon = name.lastIndexOf(':');
    ObjectNode workflow = Json.object();
    workflow.put("namespace", slash < 0 ? "default" : name.substring(0, slash));
    workflow.put("name", name.substring(slash + 1, colon < 0 ? name.length() : colon));
    if (colon >= 0) {
      workflow.put("version", name.substring(colon + 1));
    }
    return workflow;
  }
}
