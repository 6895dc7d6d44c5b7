package io.signalbox.protocol.mcp;

import io.signalbox.protocol.tool.Risk;
import java.time.Duration;
import java.util.Map;

/**
 * A server of the Model Context Protocol whose tools, prompts and resources the gateway offers.
 *
 * @param prefix put before the names of its tools and prompts; may be empty
 * @param timeout for one call, unless the tool has one of its own
 * @param risk of its tools, unless a rule says otherwise
 * @param trustAnnotations whether the server's own hints ({@code readOnlyHint}, {@code
 *     destructiveHint}, {@code idempotentHint}) are believed
 * @param tools what is known better than the server says, by the server's own names
 */
public record McpServer(
    String name,
    String description,
    String prefix,
    McpReach reach,
    Duration timeout,
    Risk risk,
    boolean trustAnnotations,
    Map<String, McpToolRule> tools) {
  public McpServer {
    tools = Map.copyOf(tools);
  }
}
