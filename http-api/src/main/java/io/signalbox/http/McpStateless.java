package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.Modern;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpSessionCommand;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Requests of revision 2026-07-28, each for itself. What reaches outside has a session of the
 * gateway's own for as long as it is under way, so that news of it find their way; the client never
 * hears of it.
 */
final class McpStateless {
  private static final Set<String> AT_ONCE =
      Set.of(
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "completion/complete");
  private static final Set<String> CALLS = Set.of("tools/call", "prompts/get", "resources/read");

  private final McpSessions sessions;
  private final McpMethods methods;
  private final McpCalls calls;
  private final McpCatalog catalog;

  McpStateless(McpSessions sessions, McpMethods methods, McpCalls calls, McpCatalog catalog) {
    this.sessions = sessions;
    this.methods = methods;
    this.calls = calls;
    this.catalog = catalog;
  }

  CompletionStage<Answer> post(Call call, JsonNode message) {
    JsonNode id = message.path("id");
    if (id.isMissingNode() || id.isNull()) {
      return CompletableFuture.completedStage(McpAnswers.accepted());
    }
    Optional<Modern.Refused> no = Modern.refusal(message, call::header);
    if (no.isPresent()) {
      return CompletableFuture.completedStage(
          McpAnswers.json(no.get().status(), no.get().message()).done());
    }
    String method = message.path("method").asText();
    JsonNode params = message.path("params");
    if (method.equals("subscriptions/listen")) {
      return CompletableFuture.completedStage(sessions.still(acknowledged(id)));
    }
    if (CALLS.contains(method)) {
      return params.path("requestState").isTextual()
          ? resumed(call, id, method, params)
          : called(call, id, method, params);
    }
    return result(call, method, params)
        .thenApply(result -> Rpc.result(id, result))
        .exceptionally(failure -> McpFault.of(failure).message(id))
        .thenApply(body -> Modern.dressed(body, method))
        .thenApply(body -> McpAnswers.json(Modern.status(body), body).done());
  }

  private CompletionStage<JsonNode> result(Call call, String method, JsonNode params) {
    if (method.equals("server/discover")) {
      return methods.discovery(call);
    }
    return AT_ONCE.contains(method)
        ? methods.answer(call, "", method, params)
        : CompletableFuture.failedStage(
            new McpFault(Rpc.METHOD_NOT_FOUND, "there is no method " + method));
  }

  /** No kind of news is sent: what lists hold is fresh for seconds only. */
  private static ObjectNode acknowledged(JsonNode id) {
    ObjectNode params = Json.object();
    params.putObject("_meta").set("io.modelcontextprotocol/subscriptionId", id);
    params.putObject("notifications");
    return Rpc.notification("notifications/subscriptions/acknowledged", params);
  }

  private CompletionStage<Answer> called(Call call, JsonNode id, String method, JsonNode params) {
    return unmirrored(call, id, method, params)
        .thenCompose(
            no ->
                no.isPresent()
                    ? CompletableFuture.completedStage(
                        McpAnswers.json(no.get().status(), no.get().message()).done())
                    : begun(call, id, method, params));
  }

  private CompletionStage<Answer> begun(Call call, JsonNode id, String method, JsonNode params) {
    String session = McpSessions.fresh();
    return sessions
        .ask(
            call,
            session,
            to ->
                new McpSessionCommand.Open(
                    call.by(),
                    Modern.VERSION,
                    Modern.capabilities(params),
                    Modern.client(params),
                    to))
        .thenCompose(_ -> level(call, session, params))
        .thenCompose(_ -> calls.begin(call, session, id, method, params));
  }

  private CompletionStage<?> level(Call call, String session, JsonNode params) {
    JsonNode level = params.path("_meta").path("io.modelcontextprotocol/logLevel");
    return level.isTextual()
        ? sessions.ask(
            call, session, to -> new McpSessionCommand.SetLevel(call.by(), level.asText(), to))
        : CompletableFuture.completedStage(null);
  }

  /** A decision is brought to the run it is about; other input to the call that waits for it. */
  private CompletionStage<Answer> resumed(Call call, JsonNode id, String method, JsonNode params) {
    String run = params.path("requestState").asText();
    // what a server asks has a round, what people decide has not: it outlives any session
    boolean decision =
        run.indexOf('~') < 0
            && params.path("inputResponses").properties().stream()
                .allMatch(it -> it.getKey().startsWith(run + "-"));
    return decision ? begun(call, id, method, params) : calls.resume(call, id, params);
  }

  private CompletionStage<Optional<Modern.Refused>> unmirrored(
      Call call, JsonNode id, String method, JsonNode params) {
    String name = params.path("name").asText();
    if (!method.equals("tools/call") || !McpSight.of(call).sees(name)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return catalog
        .tool(call, name)
        .thenApply(
            tool ->
                Modern.unmirrored(
                    id, tool.body().path("parameters"), params.path("arguments"), call::header))
        .exceptionallyCompose(
            failure ->
                Problem.is(404, failure)
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(failure));
  }
}
