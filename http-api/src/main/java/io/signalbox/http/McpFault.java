package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import java.util.concurrent.CompletionException;

/** Why a request of an MCP client is answered with an error. */
final class McpFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  McpFault(int code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  ObjectNode message(JsonNode id) {
    return Rpc.error(id, code, String.valueOf(getMessage()));
  }

  static McpFault of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof McpFault fault) {
      return fault;
    }
    Problem problem = Problems.of(cause);
    return new McpFault(
        problem.status() == 404 || problem.status() == 422 ? Rpc.INVALID_PARAMS : Rpc.INTERNAL,
        problem.detail());
  }
}
