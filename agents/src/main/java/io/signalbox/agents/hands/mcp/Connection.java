package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientSession;
import io.modelcontextprotocol.spec.McpClientSession.NotificationHandler;
import io.modelcontextprotocol.spec.McpClientSession.RequestHandler;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpPins;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * One session with a server. Everything that waits is called on virtual threads. Messages are JSON
 * trees all the way, so that nothing a newer server says is lost.
 */
final class Connection implements AutoCloseable {
  private static final String VERSION = "2025-11-25";
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final TypeRef<JsonNode> TREE = new TypeRef<>() {};
  private static final Map<String, String> LISTS =
      Map.of(
          "tools", "tools/list",
          "prompts", "prompts/list",
          "resources", "resources/list",
          "resourceTemplates", "resources/templates/list");

  private final McpSettings settings;
  private final McpClientSession session;
  private final Caller caller;
  private final AtomicBoolean stale = new AtomicBoolean(true);
  private JsonNode hello = Json.object();
  private Map<String, String> pins = Map.of();
  private Instant listedAt = Instant.MIN;
  private volatile Instant usedAt = Instant.now();
  private volatile boolean broken;

  private Connection(McpSettings settings, McpClientTransport transport, Caller caller) {
    this.settings = settings;
    this.caller = caller;
    transport.setExceptionHandler(_ -> {});
    this.session =
        new McpClientSession(LONGEST, transport, asked(), told(), connecting -> connecting);
  }

  /** Connects and shakes hands. */
  static Connection open(
      McpSettings settings, McpClientTransport transport, Caller caller, JsonNode capabilities) {
    Connection connection = new Connection(settings, transport, caller);
    try {
      connection.greet(capabilities);
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void greet(JsonNode capabilities) {
    ObjectNode params = Json.object().put("protocolVersion", VERSION);
    params.set("capabilities", capabilities);
    params.putObject("clientInfo").put("name", "signalbox").put("version", "0.1.0");
    hello = request("initialize", params, settings.connectTimeout());
    session
        .sendNotification("notifications/initialized", Map.of())
        .contextWrite(it -> it.put(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION, version()))
        .block(settings.connectTimeout());
  }

  private String version() {
    return hello.path("protocolVersion").asText(VERSION);
  }

  /** Whether the server offers this, by its capabilities. */
  boolean offers(String capability) {
    return hello.path("capabilities").has(capability);
  }

  /** Asks and waits; throws what the SDK throws. */
  JsonNode request(String method, JsonNode params, Duration patience) {
    usedAt = Instant.now();
    JsonNode result =
        session
            .sendRequest(method, params, TREE)
            .contextWrite(it -> it.put(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION, version()))
            .block(patience);
    usedAt = Instant.now();
    return result == null ? Json.object() : result;
  }

  /** The same for a run: what the server says meanwhile belongs to it. */
  JsonNode request(String run, String method, JsonNode params, Duration patience) {
    caller.began(run);
    try {
      return request(method, params, patience);
    } finally {
      caller.ended(run);
    }
  }

  /** All that the server offers now. */
  JsonNode offer() {
    stale.set(false);
    ObjectNode offer = Json.object();
    offer.set("serverInfo", hello.path("serverInfo"));
    offer.put("protocolVersion", version());
    if (hello.path("instructions").isTextual()) {
      offer.set("instructions", hello.path("instructions"));
    }
    offer.set("capabilities", hello.path("capabilities"));
    LISTS.forEach(
        (kind, method) -> {
          if (offers(kind.equals("resourceTemplates") ? "resources" : kind)) {
            offer.set(kind, all(kind, method));
          }
        });
    Map<String, String> seen = new HashMap<>();
    McpPins.items(offer).forEach((name, item) -> seen.put(name, McpPins.digest(item)));
    synchronized (this) {
      pins = Map.copyOf(seen);
      listedAt = Instant.now();
    }
    return offer;
  }

  private ArrayNode all(String kind, String method) {
    ArrayNode items = Json.object().putArray(kind);
    ObjectNode params = Json.object();
    do {
      JsonNode page = page(method, params);
      page.path(kind).forEach(items::add);
      if (items.size() > settings.maxItems()) {
        throw new IllegalStateException(
            "it offers more than %d %s".formatted(settings.maxItems(), kind));
      }
      params = Json.object().put("cursor", page.path("nextCursor").asText(""));
    } while (!params.path("cursor").asText().isEmpty());
    return items;
  }

  /** A server may have resources and no templates, and not know the word. */
  private JsonNode page(String method, ObjectNode params) {
    try {
      return request(method, params, settings.connectTimeout());
    } catch (McpError e) {
      if (method.equals("resources/templates/list") && e.getJsonRpcError().code() == -32601) {
        return Json.object();
      }
      throw e;
    }
  }

  /** Whether the server offers this item just so; it is asked again where the answer is old. */
  boolean holdsTo(String item, String pin) {
    Map<String, String> known;
    synchronized (this) {
      known = pins;
      if (listedAt.plus(settings.recheck()).isBefore(Instant.now())) {
        stale.set(true);
      }
    }
    if (stale.get()) {
      offer();
      synchronized (this) {
        known = pins;
      }
    }
    return pin.equals(known.get(item));
  }

  /** Whether something was said to have changed since the last look. */
  boolean isStale() {
    return stale.get();
  }

  Instant usedAt() {
    return usedAt;
  }

  boolean idle() {
    return caller.idle();
  }

  /** Something went wrong that a new connection may heal. */
  void spoil() {
    broken = true;
  }

  boolean broken() {
    return broken;
  }

  private Map<String, RequestHandler<?>> asked() {
    Map<String, RequestHandler<?>> handlers = new HashMap<>();
    handlers.put("ping", _ -> Mono.just(Map.of()));
    for (String method : List.of("sampling/createMessage", "elicitation/create", "roots/list")) {
      handlers.put(
          method,
          params ->
              Mono.fromCompletionStage(
                  () -> caller.ask(method, Transports.MAPPER.convertValue(params, TREE))));
    }
    return handlers;
  }

  private Map<String, NotificationHandler> told() {
    Map<String, NotificationHandler> handlers = new HashMap<>();
    for (String kind : List.of("tools", "prompts", "resources")) {
      handlers.put(
          "notifications/" + kind + "/list_changed", _ -> Mono.fromRunnable(() -> stale.set(true)));
    }
    for (String method :
        List.of(
            "notifications/message",
            "notifications/progress",
            "notifications/resources/updated",
            "notifications/elicitation/complete")) {
      handlers.put(
          method,
          params ->
              Mono.fromRunnable(
                  () -> caller.tell(method, Transports.MAPPER.convertValue(params, TREE))));
    }
    return handlers;
  }

  @Override
  public void close() {
    broken = true;
    session.close();
  }
}
