package io.signalbox.runtime.judge;

import io.signalbox.protocol.tool.ToolDefinition;

/**
 * A tool of a federated server that is described otherwise than it was accepted is not called: what
 * it says now may be meant to steer whoever reads it.
 */
final class Quarantine implements Step {
  @Override
  public Opinion judge(Question question) {
    return question
        .definition()
        .filter(Quarantine::held)
        .<Opinion>map(tool -> new Opinion.Refuse("mcp-pin", why(tool)))
        .orElseGet(Opinion.Silent::new);
  }

  private static boolean held(ToolDefinition tool) {
    return tool.kind().equals("mcp") && tool.config().path("quarantined").asBoolean(false);
  }

  private static String why(ToolDefinition tool) {
    String server = tool.config().path("server").asText();
    return "the server '%s' offers '%s' otherwise than it was accepted; see /v1/mcp-servers/%s"
        .formatted(server, tool.name(), server);
  }
}
