package io.signalbox.agents.hands.mcp;

import io.signalbox.protocol.mcp.McpReach;
import java.util.Optional;

/**
 * Which connection is meant: a server as it is defined now, for one client's session or for all who
 * have none. A session has a connection of its own, so that what a server asks comes to the right
 * client.
 */
record Link(String tenant, String server, McpReach reach, Optional<String> session) {
  /** The session's entity. */
  Optional<String> entity() {
    return session.map(it -> tenant + "|" + it);
  }
}
