package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.Connection;
import io.signalbox.cli.Gateway;
import io.signalbox.cli.Json;
import io.signalbox.cli.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The example's definitions, on their way to the server. */
final class Definitions {
  private static final String USUAL_MODEL = "gpt-5-mini";

  private final Path folder = Connection.home().resolve("examples/compliance");

  /** Deploys them; tells which model the agent has. */
  String deploy(Gateway gateway) throws Trouble {
    JsonNode tool = read("internal.repository-info.json");
    gateway.put("/v1/tools/" + tool.path("name").asText(), tool);
    ObjectNode agent = (ObjectNode) read("reviewer.json");
    Optional.ofNullable(System.getenv("OPENAI_API_KEY"))
        .filter(key -> !key.isBlank())
        .ifPresent(
            _ -> {
              agent.remove("script");
              agent.put(
                  "model", "openai/" + System.getenv().getOrDefault("OPENAI_MODEL", USUAL_MODEL));
            });
    gateway.put("/v1/agents/" + agent.path("name").asText(), agent);
    gateway.post("/v1/workflows", "application/yaml", text("review.yaml"));
    return agent.path("model").asText();
  }

  Path payload() {
    return folder.resolve("pull_request.json");
  }

  private JsonNode read(String name) throws Trouble {
    return Json.parse(text(name), name);
  }

  private String text(String name) throws Trouble {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw Trouble.here("cannot read " + folder.resolve(name), "run it from a whole repository");
    }
  }
}
