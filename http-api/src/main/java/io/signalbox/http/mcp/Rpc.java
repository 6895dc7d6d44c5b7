package io.signalbox.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.List;

/** The words of JSON-RPC and of the protocol's revisions. */
public final class Rpc {
  public static final int PARSE_ERROR = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL = -32603;
  public static final int RESOURCE_NOT_FOUND = -32002;

  /** Revisions with sessions, newest first. */
  public static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

  /** The revision whose streams begin with a place to go on from and may end early. */
  private static final String POLLING = "2025-11-25";

  /** The revision that has tasks. */
  public static final String TASKS = "2025-11-25";

  private Rpc() {}

  public static boolean mayPoll(String version) {
    return version.equals(POLLING);
  }

  /** What the gateway says it is. */
  public static ObjectNode server() {
    return Json.object().put("name", "signalbox").put("title", "Signalbox").put("version", "0.1.0");
  }

  /** What the client asked for, or else the newest there is. */
  public static String agreed(String asked) {
    return VERSIONS.contains(asked) ? asked : VERSIONS.getFirst();
  }

  public static ObjectNode result(JsonNode id, JsonNode result) {
    ObjectNode message = message();
    message.set("id", id);
    message.set("result", result);
    return message;
  }

  public static ObjectNode error(JsonNode id, int code, String detail) {
    ObjectNode message = message();
    message.set("id", id.isMissingNode() ? NullNode.getInstance() : id);
    message.putObject("error").put("code", code).put("message", detail);
    return message;
  }

  public static ObjectNode notification(String method, JsonNode params) {
    ObjectNode message = message().put("method", method);
    message.set("params", params);
    return message;
  }

  public static ObjectNode request(String id, String method, JsonNode params) {
    ObjectNode message = message().put("id", id).put("method", method);
    message.set("params", params);
    return message;
  }

  private static ObjectNode message() {
    return Json.object().put("jsonrpc", "2.0");
  }
}
