package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of the tenant's tools a workflow's {@code call: mcp} means. Pure. */
final class FederatedCalls {
  private FederatedCalls() {}

  /** A tool and what it is called with. */
  record Meant(String tool, JsonNode arguments) {}

  /** Whether a call of a tool is written so. */
  static boolean is(JsonNode with) {
    return with.has("transport");
  }

  /** Nothing where no federated server is reached that way, or it has nothing of that name. */
  static Optional<Meant> of(Collection<ToolDefinition> tools, JsonNode with) {
    JsonNode parameters = with.path("parameters");
    String method = with.path("method").asText();
    String does =
        switch (method) {
          case "prompts/get" -> "get-prompt";
          case "resources/read" -> "read-resource";
          default -> "";
        };
    boolean tool = does.isEmpty();
    JsonNode arguments = tool ? parameters.path("arguments") : parameters;
    return tools.stream()
        .filter(it -> it.kind().equals("mcp"))
        .filter(it -> reached(it.config().path("reach"), with.path("transport")))
        .filter(it -> it.config().path("does").asText().equals(does))
        .filter(
            it ->
                !tool || it.config().path("tool").asText().equals(parameters.path("name").asText()))
        .min(Comparator.comparing(ToolDefinition::name))
        .map(it -> new Meant(it.name(), arguments.isObject() ? arguments : Json.object()));
  }

  private static boolean reached(JsonNode reach, JsonNode transport) {
    JsonNode stdio = transport.path("stdio");
    if (stdio.isObject()) {
      JsonNode arguments = stdio.path("arguments");
      return reach.path("command").asText().equals(stdio.path("command").asText())
          && (arguments.isArray() ? arguments : Json.object().putArray("none"))
              .equals(reach.path("args"));
    }
    JsonNode endpoint = transport.at("/http/endpoint");
    String uri = endpoint.isObject() ? endpoint.path("uri").asText() : endpoint.asText();
    return reach.path("url").isTextual() && reach.path("url").asText().equals(uri);
  }
}
