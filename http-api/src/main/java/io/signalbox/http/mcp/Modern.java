package io.signalbox.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The words of revision 2026-07-28, which knows no sessions: each request says for itself which
 * revision it speaks and what its client can do. Rules by the specification's pages {@code
 * basic/index} (metadata, error codes), {@code basic/versioning}, {@code
 * basic/transports/streamable-http} (headers, server validation), {@code basic/patterns/mrtr}
 * (input that is required) and {@code server/utilities/caching}. Pure.
 */
public final class Modern {
  public static final String VERSION = "2026-07-28";
  public static final int HEADER_MISMATCH = -32020;
  public static final int MISSING_CAPABILITY = -32021;
  public static final int UNSUPPORTED_VERSION = -32022;

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final Map<String, String> NAMED =
      Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");
  private static final Map<String, String> ABILITIES =
      Map.of(
          "sampling/createMessage", "sampling",
          "elicitation/create", "elicitation",
          "roots/list", "roots");
  private static final Set<String> CACHEABLE =
      Set.of(
          "server/discover",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/read");
  private static final int FRESH = 5000;
  private static final String ENCODED = "=?base64?";

  private Modern() {}

  /** A request that is refused before it is looked at. */
  public record Refused(int status, ObjectNode message) {}

  public static boolean is(String version) {
    return version.equals(VERSION);
  }

  /** Whether a message is of this kind and not of the revisions with sessions. */
  public static boolean speaks(JsonNode message, Optional<String> header, boolean session) {
    return message.at("/params/_meta").has(PREFIX + "protocolVersion")
        || message.path("method").asText().equals("server/discover")
        || header.filter(it -> is(it) || (!session && !Rpc.VERSIONS.contains(it))).isPresent();
  }

  public static JsonNode capabilities(JsonNode params) {
    return meta(params, "clientCapabilities");
  }

  public static JsonNode client(JsonNode params) {
    JsonNode info = meta(params, "clientInfo");
    return info.isObject() ? info : Json.object();
  }

  private static JsonNode meta(JsonNode params, String key) {
    return params.path("_meta").path(PREFIX + key);
  }

  /** Why the request is no good, by its metadata and its headers. */
  public static Optional<Refused> refusal(
      JsonNode message, Function<String, Optional<String>> header) {
    JsonNode id = message.path("id");
    JsonNode params = message.path("params");
    JsonNode version = meta(params, "protocolVersion");
    if (!version.isTextual() || !capabilities(params).isObject()) {
      return refused(
          Rpc.error(
              id,
              Rpc.INVALID_PARAMS,
              "params._meta needs %sprotocolVersion and %sclientCapabilities"
                  .formatted(PREFIX, PREFIX)));
    }
    String said = version.asText();
    if (!header.apply("MCP-Protocol-Version").equals(Optional.of(said))) {
      return mismatch(id, "MCP-Protocol-Version", said);
    }
    if (!is(said)) {
      ObjectNode no = Rpc.error(id, UNSUPPORTED_VERSION, "Unsupported protocol version");
      ObjectNode data = no.withObjectProperty("error").putObject("data");
      data.set("supported", Json.tree(versions()));
      data.put("requested", said);
      return refused(no);
    }
    String method = message.path("method").asText();
    if (!header.apply("Mcp-Method").equals(Optional.of(method))) {
      return mismatch(id, "Mcp-Method", method);
    }
    String field = NAMED.get(method);
    if (field != null) {
      String named = params.path(field).asText();
      if (!header.apply("Mcp-Name").map(Modern::decoded).equals(Optional.of(named))) {
        return mismatch(id, "Mcp-Name", named);
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> mismatch(JsonNode id, String header, String body) {
    return refused(
        Rpc.error(
            id,
            HEADER_MISMATCH,
            "Header mismatch: %s does not say '%s' as the body does".formatted(header, body)));
  }

  private static Optional<Refused> refused(ObjectNode message) {
    return Optional.of(new Refused(400, message));
  }

  /** What cannot stand in a header as it is, is carried in Base64. */
  private static String decoded(String value) {
    if (!value.startsWith(ENCODED) || !value.endsWith("?=")) {
      return value;
    }
    try {
      String inner = value.substring(ENCODED.length(), value.length() - 2);
      if (inner.length() % 4 != 0) {
        return value; // the decoder would take it without its padding
      }
      return new String(Base64.getDecoder().decode(inner), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return value;
    }
  }

  /**
   * Why a tool's call is no good: arguments that its schema wants mirrored in headers ({@code
   * x-mcp-header}) are not, or otherwise.
   */
  public static Optional<Refused> unmirrored(
      JsonNode id, JsonNode schema, JsonNode arguments, Function<String, Optional<String>> header) {
    for (var property : schema.path("properties").properties()) {
      JsonNode value = arguments.path(property.getKey());
      JsonNode name = property.getValue().path("x-mcp-header");
      if (name.isTextual()) {
        Optional<String> said = header.apply("Mcp-Param-" + name.asText()).map(Modern::decoded);
        boolean there = !value.isMissingNode() && !value.isNull();
        if (there ? said.filter(it -> same(it, value)).isEmpty() : said.isPresent()) {
          return mismatch(id, "Mcp-Param-" + name.asText(), there ? value.asText() : "");
        }
      }
      Optional<Refused> inner = unmirrored(id, property.getValue(), value, header);
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static boolean same(String said, JsonNode value) {
    if (value.isNumber()) {
      try {
        return new java.math.BigDecimal(said).compareTo(value.decimalValue()) == 0;
      } catch (NumberFormatException _) {
        return false;
      }
    }
    return said.equals(value.asText());
  }

  /** All that are served, newest first. */
  public static List<String> versions() {
    List<String> all = new ArrayList<>(List.of(VERSION));
    all.addAll(Rpc.VERSIONS);
    return all;
  }

  /** The response as this revision has it. */
  public static JsonNode dressed(JsonNode message, String method) {
    JsonNode error = message.path("error");
    if (error.path("code").asInt() == Rpc.RESOURCE_NOT_FOUND && error instanceof ObjectNode no) {
      no.put("code", Rpc.INVALID_PARAMS);
    }
    if (!(message.path("result") instanceof ObjectNode old)) {
      return message;
    }
    ObjectNode result = old.deepCopy();
    if (!result.has("resultType")) {
      result.put("resultType", "complete");
    }
    if (CACHEABLE.contains(method) && result.path("resultType").asText().equals("complete")) {
      // what a caller sees depends on its rights
      result.put("ttlMs", FRESH).put("cacheScope", "private");
    }
    result.withObjectProperty("_meta").set(PREFIX + "serverInfo", Rpc.server());
    ObjectNode dressed = message.deepCopy();
    dressed.set("result", result);
    return dressed;
  }

  /** The result that asks the client to send its request once more with this input. */
  public static ObjectNode inputRequired(String state, String key, String method, JsonNode params) {
    ObjectNode question = Json.object().put("method", method);
    question.set("params", params);
    return inputRequired(state, Map.of(key, question));
  }

  public static ObjectNode inputRequired(String state, Map<String, ObjectNode> questions) {
    ObjectNode result = Json.object().put("resultType", "input_required");
    ObjectNode requests = result.putObject("inputRequests");
    questions.forEach(requests::set);
    return result.put("requestState", state);
  }

  /** The capability a client must have declared to be asked this, where it has not. */
  public static Optional<String> lacking(JsonNode capabilities, String method) {
    return Optional.ofNullable(ABILITIES.get(method)).filter(it -> !capabilities.has(it));
  }

  public static ObjectNode missingCapability(JsonNode id, String capability) {
    ObjectNode no =
        Rpc.error(
            id, MISSING_CAPABILITY, "the client has not declared the capability " + capability);
    no.withObjectProperty("error")
        .putObject("data")
        .putObject("requiredCapabilities")
        .putObject(capability);
    return no;
  }

  /** The parameters without what a retry adds to them, by which the request is known again. */
  public static JsonNode essence(JsonNode params) {
    if (!(params instanceof ObjectNode all)) {
      return params;
    }
    ObjectNode rest = all.deepCopy();
    rest.remove(List.of("_meta", "requestState", "inputResponses"));
    return rest;
  }

  /** The HTTP status of a response that comes alone. */
  public static int status(JsonNode message) {
    return switch (message.at("/error/code").asInt()) {
      case Rpc.METHOD_NOT_FOUND -> 404;
      case HEADER_MISMATCH, MISSING_CAPABILITY, UNSUPPORTED_VERSION -> 400;
      default -> 200;
    };
  }
}
