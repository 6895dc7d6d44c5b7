package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Lists questions to people. */
@CommandLine.Command(name = "approvals", description = "List what waits for a person's decision.")
final class Approvals extends Command {
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "open (unless given), approved, rejected, expired, withdrawn, or all")
  private String status = "open";

  @Option(names = "--limit", paramLabel = "N", description = "at most so many (50, at most 500)")
  private Optional<String> limit = Optional.empty();

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    Optional<String> wanted = status.equals("all") ? Optional.empty() : Optional.of(status);
    Query query = Query.none().with("status", wanted).with("limit", limit);
    JsonNode page = gateway.get("/v1/approvals" + query.text());
    if (forMachines()) {
      show(page);
      return 0;
    }
    if (page.path("items").isEmpty()) {
      out.println(status.equals("open") ? "nothing waits for a decision" : "no approvals");
      return 0;
    }
    Table table = new Table("APPROVAL", "STATUS", "ASKED", "EXPIRES", "ASKS", "TITLE");
    for (JsonNode it : page.path("items")) {
      String state = it.path("status").asText();
      table.row(
          Table.Cell.of(it.path("id").asText()),
          new Table.Cell(state, Ink.ofStatus(state)),
          Table.Cell.of(Words.day(it.path("requestedAt").asText())),
          Table.Cell.of(
              it.hasNonNull("expires") ? Words.day(it.path("expires").asText()) : "never"),
          Table.Cell.of(String.join(", ", Words.texts(it.path("approvers")))),
          Table.Cell.of(Words.shortened(it.path("title").asText(), 60)));
    }
    table.print(out);
    return 0;
  }
}
