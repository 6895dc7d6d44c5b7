package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Publishes CloudEvents. */
@CommandLine.Command(
    name = "events",
    description = "Publish CloudEvents from a file: one (an object) or a batch (an array).")
final class Events extends Command {
  @Parameters(index = "0", paramLabel = "FILE", description = "JSON; - is standard input")
  private String file = "";

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    JsonNode events = Json.parse(Input.file(file), file);
    String type =
        events.isArray() ? "application/cloudevents-batch+json" : "application/cloudevents+json";
    JsonNode answer = gateway.post("/v1/events", type, events.toString());
    if (forMachines()) {
      show(answer);
    } else {
      out.println(
          "accepted "
              + answer.path("accepted").asText()
              + ", of which "
              + answer.path("fresh").asText()
              + " not seen before");
    }
    return 0;
  }
}
