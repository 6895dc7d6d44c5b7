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
  private final String uri;

  McpFault(int code, String detail) {
    this(code, detail, "");
  }

  private McpFault(int code, String detail, String uri) {
    super(detail, null, false, false);
    this.code = code;
    this.uri = uri;
  }

  static McpFault noResource(String uri) {
    return new McpFault(Rpc.RESOURCE_NOT_FOUND, "there is no resource " + uri, uri);
  }

  ObjectNode message(JsonNode id) {
    ObjectNode message = Rpc.error(id, code, String.valueOf(getMessage()));
    if (!uri.isEmpty()) {
      message.withObjectProperty("error").putObject("data").put("uri", uri);
    }
    return message;
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
