package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's yes or no. */
abstract class Decision extends Command {
  @CommandLine.Command(name = "approve", description = "Say yes to what waits for a decision.")
  static final class Approve extends Decision {
    @Override
    String word() {
      return "approve";
    }
  }

  @CommandLine.Command(name = "reject", description = "Say no to what waits for a decision.")
  static final class Reject extends Decision {
    @Override
    String word() {
      return "reject";
    }
  }

  @Parameters(index = "0", paramLabel = "ID", description = "the approval's id")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; is kept")
  private Optional<String> reason = Optional.empty();

  abstract String word();

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    ObjectNode body = Json.object().put("decision", word());
    reason.ifPresent(why -> body.put("reason", why));
    JsonNode approval = gateway.post("/v1/approvals/" + Names.segment(id) + "/decisions", body);
    if (forMachines()) {
      show(approval);
    } else {
      String state = approval.path("status").asText();
      out.println(
          approval.path("id").asText()
              + " is "
              + Ink.ofStatus(state).on(state)
              + ": "
              + approval.path("title").asText());
    }
    return 0;
  }
}
