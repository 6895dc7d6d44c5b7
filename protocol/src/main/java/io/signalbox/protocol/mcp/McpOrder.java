package io.signalbox.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A request to a federated server that changes nothing and is no run: a completion, a subscription.
 * Local to a node.
 *
 * @param session the client's session it is asked for
 */
public record McpOrder(
    String tenant,
    McpServer server,
    Optional<String> session,
    String method,
    JsonNode params,
    Duration patience,
    ActorRef<Answer> replyTo) {

  /** What the server said. */
  public sealed interface Answer {
    record Result(JsonNode result) implements Answer {}

    /** A JSON-RPC error of the server, or of the gateway where the server cannot be reached. */
    record No(int code, String message) implements Answer {}
  }
}
