package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Deploys definitions; which kind each file holds is seen from what is in it. */
@CommandLine.Command(
    name = "deploy",
    description = "Deploy workflows (YAML or JSON), agents and tools (JSON).")
final class Deploy extends Command {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "definitions; - is standard input")
  private List<String> files = List.of();

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (String file : files) {
      JsonNode kept = deploy(gateway, Input.file(file), file);
      all.add(kept);
      if (!forMachines()) {
        out.println(Ink.GREEN.on("deployed") + " " + line(kept));
      }
    }
    if (forMachines()) {
      show(all.size() == 1 ? all.get(0) : all);
    }
    return 0;
  }

  /** Sends one definition to where it belongs. */
  static JsonNode deploy(Gateway gateway, String text, String file) throws Trouble {
    if (!text.stripLeading().startsWith("{")) {
      return gateway.post("/v1/workflows", "application/yaml", text);
    }
    JsonNode body = Json.parse(text, file);
    if (body.has("document")) {
      return gateway.post("/v1/workflows", body);
    }
    String name = body.path("name").asText();
    if (body.has("model")) {
      return gateway.put("/v1/agents/" + name, body);
    }
    if (body.has("kind")) {
      return gateway.put("/v1/tools/" + name, body);
    }
    throw Trouble.here(
        file + " is neither a workflow (document), an agent (model) nor a tool (kind)",
        "see examples/ for one of each");
  }

  private static String line(JsonNode kept) {
    ObjectNode it = (ObjectNode) kept;
    String namespace = it.path("namespace").asText("");
    return (namespace.isEmpty() ? "" : namespace + "/")
        + it.path("name").asText()
        + " "
        + it.path("version").asText()
        + "  "
        + Ink.DIM.on(it.path("digest").asText());
  }
}
