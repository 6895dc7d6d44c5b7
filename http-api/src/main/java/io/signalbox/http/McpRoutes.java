package io.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpDoors;
import io.signalbox.http.mcp.McpHttpSettings;
import io.signalbox.http.mcp.Modern;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpSessionCommand;
import io.signalbox.protocol.mcp.McpSessionCommand.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The Model Context Protocol over streamable HTTP. */
final class McpRoutes {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";

  private final McpHttpSettings settings;
  private final McpDoors doors;
  private final McpSessions sessions;
  private final McpMethods methods;
  private final McpCalls calls;
  private final McpTasks tasks;
  private final McpStateless stateless;

  McpRoutes(
      HttpSettings settings,
      McpSessions sessions,
      McpMethods methods,
      McpCalls calls,
      McpTasks tasks,
      McpStateless stateless) {
    this.settings = settings.mcp();
    this.doors = new McpDoors(settings.host(), settings.mcp());
    this.sessions = sessions;
    this.methods = methods;
    this.calls = calls;
    this.tasks = tasks;
    this.stateless = stateless;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/mcp", this::post),
        Endpoint.get("/mcp", this::listen),
        Endpoint.delete("/mcp", this::end),
        Endpoint.get("/.well-known/oauth-protected-resource", this::metadata).open(),
        Endpoint.get("/.well-known/oauth-protected-resource/mcp", this::metadata).open());
  }

  private CompletionStage<Answer> metadata(Call call) {
    ObjectNode body = Json.object().put("resource", doors.resource(call.request()));
    body.set("authorization_servers", Json.tree(settings.authorizationServers()));
    body.putArray("bearer_methods_supported").add("header");
    body.put("resource_name", "Signalbox");
    return CompletableFuture.completedStage(Answer.ok(body));
  }

  private CompletionStage<Answer> post(Call call) {
    Optional<String> refusal = doors.refusal(call.request());
    if (refusal.isPresent()) {
      return McpAnswers.error(403, MissingNode.getInstance(), Rpc.INVALID_REQUEST, refusal.get());
    }
    JsonNode message;
    try {
      message = Json.MAPPER.readTree(call.body().toArrayUnsafe());
    } catch (JsonProcessingException e) {
      return McpAnswers.error(
          400, MissingNode.getInstance(), Rpc.PARSE_ERROR, "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return McpAnswers.error(
          400, MissingNode.getInstance(), Rpc.PARSE_ERROR, "cannot be read: " + e.getMessage());
    }
    JsonNode id = message.path("id");
    if (!message.path("jsonrpc").asText().equals("2.0")) {
      return McpAnswers.error(400, id, Rpc.INVALID_REQUEST, "one JSON-RPC 2.0 message is needed");
    }
    if (Modern.speaks(message, call.header(VERSION), call.header(SESSION).isPresent())) {
      return stateless.post(call, message);
    }
    if (message.path("method").asText().equals("initialize") && !id.isMissingNode()) {
      return open(call, id, message.path("params"));
    }
    Optional<String> session = call.header(SESSION);
    if (session.isEmpty()) {
      return McpAnswers.error(
          400, id, Rpc.INVALID_REQUEST, "send " + SESSION + ", or initialize first");
    }
    Optional<String> version = call.header(VERSION);
    if (version.isPresent() && !Rpc.VERSIONS.contains(version.get())) {
      return McpAnswers.error(
          400, id, Rpc.INVALID_REQUEST, "unsupported " + VERSION + " " + version.get());
    }
    return message.has("method")
        ? id.isMissingNode() || id.isNull()
            ? told(call, session.get(), message)
            : asked(call, session.get(), id, message)
        : answered(call, session.get(), message);
  }

  private CompletionStage<Answer> open(Call call, JsonNode id, JsonNode params) {
    String session = McpSessions.fresh();
    String version = Rpc.agreed(params.path("protocolVersion").asText());
    JsonNode capabilities =
        params.path("capabilities").isObject() ? params.path("capabilities") : Json.object();
    JsonNode client =
        params.path("clientInfo").isObject() ? params.path("clientInfo") : Json.object();
    return sessions
        .ask(
            call,
            session,
            to -> new McpSessionCommand.Open(call.by(), version, capabilities, client, to))
        .thenCompose(_ -> methods.hello(call, version))
        .thenApply(
            hello ->
                McpAnswers.json(200, Rpc.result(id, hello)).withHeader(SESSION, session).done());
  }

  /** A notification of the client. */
  private CompletionStage<Answer> told(Call call, String session, JsonNode message) {
    if (message.path("method").asText().equals("notifications/cancelled")) {
      JsonNode request = message.at("/params/requestId");
      return within(
          call,
          session,
          to -> new McpSessionCommand.Cancelled(call.by(), request, to),
          reply ->
              reply instanceof Reply.Begun(String run, _, _)
                  ? calls.cancel(call, run).thenApply(_ -> McpAnswers.accepted())
                  : CompletableFuture.completedStage(McpAnswers.accepted()));
    }
    return look(call, session, _ -> CompletableFuture.completedStage(McpAnswers.accepted()));
  }

  /** The client's response to something it was asked. */
  private CompletionStage<Answer> answered(Call call, String session, JsonNode message) {
    return within(
        call,
        session,
        to -> new McpSessionCommand.Answered(call.by(), message, to),
        _ -> CompletableFuture.completedStage(McpAnswers.accepted()));
  }

  private CompletionStage<Answer> asked(Call call, String session, JsonNode id, JsonNode message) {
    String method = message.path("method").asText();
    JsonNode params = message.path("params").isObject() ? message.path("params") : Json.object();
    if (calls.takes(method)) {
      return calls.begin(call, session, id, method, params);
    }
    return look(
        call,
        session,
        reply ->
            (tasks.takes(method) && reply instanceof Reply.There(_, JsonNode can)
                    ? tasks.answer(call, can, method, params)
                    : methods.answer(call, session, method, params))
                .thenApply(result -> Rpc.result(id, result))
                .exceptionally(failure -> McpFault.of(failure).message(id))
                .thenApply(body -> McpAnswers.json(200, body).done()));
  }

  private CompletionStage<Answer> listen(Call call) {
    Optional<String> refusal = doors.refusal(call.request());
    if (refusal.isPresent()) {
      return McpAnswers.error(403, MissingNode.getInstance(), Rpc.INVALID_REQUEST, refusal.get());
    }
    if (!call.header("Accept").orElse("").contains("text/event-stream")) {
      return McpAnswers.error(
          406, MissingNode.getInstance(), Rpc.INVALID_REQUEST, "accept text/event-stream");
    }
    return sessions.listen(call, call.header(SESSION).orElse(""), call.header("Last-Event-ID"));
  }

  private CompletionStage<Answer> end(Call call) {
    return within(
        call,
        call.header(SESSION).orElse(""),
        to -> new McpSessionCommand.Close(call.by(), to),
        _ -> CompletableFuture.completedStage(Answer.nothing()));
  }

  private CompletionStage<Answer> look(Call call, String session, McpSessions.Then then) {
    return within(call, session, to -> new McpSessionCommand.Look(call.by(), to), then);
  }

  private CompletionStage<Answer> within(
      Call call, String session, McpSessions.Order order, McpSessions.Then then) {
    return sessions
        .ask(call, session, order)
        .thenCompose(
            reply ->
                reply instanceof Reply.Gone
                    ? McpAnswers.error(
                        404,
                        MissingNode.getInstance(),
                        Rpc.INVALID_REQUEST,
                        "there is no such session; initialize anew")
                    : then.with(reply));
  }
}
