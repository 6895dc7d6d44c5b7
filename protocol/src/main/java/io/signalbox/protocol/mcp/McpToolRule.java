package io.signalbox.protocol.mcp;

import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator says of one tool of a server.
 *
 * @param hidden the tool is not offered at all
 */
public record McpToolRule(
    Optional<Risk> risk,
    Optional<OnUnknownOutcome> onUnknownOutcome,
    Optional<Duration> timeout,
    List<String> approvers,
    boolean hidden) {
  /** Nothing is known better. */
  public static final McpToolRule NONE =
      new McpToolRule(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

  public McpToolRule {
    approvers = List.copyOf(approvers);
  }
}
