package io.signalbox.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How things stand with a server: whether it answers, what it offers, and what of that counts.
 *
 * @param digest of the server's definition
 * @param health {@code unknown}, {@code up} or {@code down}
 * @param trouble why it is down
 * @param since since when it is so
 * @param offered what it said last: serverInfo, instructions, tools, prompts, resources,
 *     resourceTemplates
 * @param accepted the pinned items by {@link McpPins#items their keys}
 * @param changes what is offered otherwise than it was accepted, and is held back until it is
 */
public record McpStanding(
    String tenant,
    McpServer server,
    String digest,
    String health,
    Optional<String> trouble,
    Optional<Instant> since,
    Optional<Instant> seenAt,
    Optional<JsonNode> offered,
    Optional<JsonNode> accepted,
    List<Change> changes) {
  public McpStanding {
    changes = List.copyOf(changes);
  }

  /**
   * One item that is not as it was accepted.
   *
   * @param item such as {@code tools/echo}
   * @param kind {@code added}, {@code changed} or {@code removed}
   */
  public record Change(
      String item, String kind, Optional<JsonNode> accepted, Optional<JsonNode> offered) {}
}
