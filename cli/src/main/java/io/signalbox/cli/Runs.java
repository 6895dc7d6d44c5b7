package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists runs, or shows one. */
@CommandLine.Command(name = "runs", description = "List runs, newest first, or show one.")
final class Runs extends Command {
  @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "show this one")
  private Optional<String> run = Optional.empty();

  @Option(names = "--status", paramLabel = "STATUS", description = "only runs of this status")
  private Optional<String> status = Optional.empty();

  @Option(names = "--workflow", paramLabel = "NAME", description = "only runs of this workflow")
  private Optional<String> workflow = Optional.empty();

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "only runs with this label")
  private Optional<String> label = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "at most so many (50, at most 500)")
  private Optional<String> limit = Optional.empty();

  @Option(names = "--cursor", paramLabel = "TEXT", description = "the next page")
  private Optional<String> cursor = Optional.empty();

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    if (run.isPresent()) {
      JsonNode one = gateway.get("/v1/runs/" + Names.segment(run.get()));
      if (forMachines()) {
        show(one);
      } else {
        print(one, out);
      }
      return 0;
    }
    Query query =
        Query.none()
            .with("status", status)
            .with("workflow", workflow)
            .with("label", label)
            .with("limit", limit)
            .with("cursor", cursor);
    JsonNode page = gateway.get("/v1/runs" + query.text());
    if (forMachines()) {
      show(page);
    } else {
      list(page);
    }
    return 0;
  }

  private void list(JsonNode page) {
    if (page.path("items").isEmpty()) {
      out.println("no runs");
      return;
    }
    Table table = new Table("RUN", "WORKFLOW", "STATUS", "STARTED", "TOOK", "WAITS FOR");
    for (JsonNode it : page.path("items")) {
      String state = it.path("status").asText();
      table.row(
          Table.Cell.of(it.path("id").asText()),
          Table.Cell.of(name(it)),
          new Table.Cell(state, Ink.ofStatus(state)),
          Table.Cell.of(Words.day(it.path("startedAt").asText())),
          Table.Cell.of(took(it)),
          Table.Cell.of(String.join(", ", Words.texts(it.path("waitingFor")))));
    }
    table.print(out);
    if (page.hasNonNull("nextCursor")) {
      out.println(Ink.DIM.on("more: --cursor " + page.path("nextCursor").asText()));
    }
  }

  /** One run in full. */
  static void print(JsonNode run, PrintStream out) {
    String state = run.path("status").asText();
    out.println(
        Ink.BOLD.on(run.path("id").asText())
            + "  "
            + name(run)
            + "  "
            + Ink.ofStatus(state).on(state));
    out.println("started  " + Words.day(run.path("startedAt").asText()) + "  took " + took(run));
    for (JsonNode wait : run.path("waitingFor")) {
      out.println(
          Ink.YELLOW.on("waits")
              + "    for "
              + wait.path("kind").asText()
              + " "
              + wait.path("id").asText("")
              + " "
              + wait.path("what").asText(""));
    }
    if (run.hasNonNull("error")) {
      JsonNode error = run.path("error");
      out.println(
          Ink.RED.on("error")
              + "    "
              + error.path("status").asText()
              + " "
              + error.path("title").asText()
              + ": "
              + error.path("detail").asText()
              + " at "
              + error.path("instance").asText());
    }
    if (run.hasNonNull("output")) {
      out.println("output   " + Json.pretty(run.path("output")));
    }
  }

  private static String name(JsonNode run) {
    JsonNode workflow = run.path("workflow");
    return workflow.path("namespace").asText()
        + "/"
        + workflow.path("name").asText()
        + ":"
        + workflow.path("version").asText();
  }

  private static String took(JsonNode run) {
    return Words.between(
        run.path("startedAt").asText(),
        run.hasNonNull("endedAt") ? run.path("endedAt").asText() : "");
  }
}
