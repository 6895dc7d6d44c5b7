package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpOffers;
import io.signalbox.http.mcp.Modern;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Call;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpOrder;
import io.signalbox.protocol.mcp.McpSessionCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The protocol's requests that change nothing outside and are answered at once. */
final class McpMethods {
  private static final List<String> LEVELS =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final ActorRef<McpOrder> servers;
  private final McpSessions sessions;
  private final McpCatalog catalog;

  McpMethods(
      ActorSystem<?> system, ActorRef<McpOrder> servers, McpSessions sessions, McpCatalog catalog) {
    this.system = system;
    this.servers = servers;
    this.sessions = sessions;
    this.catalog = catalog;
  }

  /** What the gateway says of itself. */
  CompletionStage<JsonNode> hello(Call call, String version) {
    return catalog
        .offers(call)
        .thenApply(
            offers -> {
              ObjectNode hello = Json.object().put("protocolVersion", version);
              ObjectNode can = hello.putObject("capabilities");
              can.putObject("tools").put("listChanged", false);
              can.putObject("prompts").put("listChanged", false);
              can.putObject("resources").put("subscribe", true).put("listChanged", false);
              can.putObject("logging");
              can.putObject("completions");
              if (version.equals(Rpc.TASKS)) {
                ObjectNode tasks = can.putObject("tasks");
                tasks.putObject("list");
                tasks.putObject("cancel");
                tasks.putObject("requests").putObject("tools").putObject("call");
              }
              hello.set("serverInfo", Rpc.server());
              catalog.instructions(offers).ifPresent(it -> hello.put("instructions", it));
              return hello;
            });
  }

  /** The same for the revision without sessions: page server/discover. */
  CompletionStage<JsonNode> discovery(Call call) {
    return catalog
        .offers(call)
        .thenApply(
            offers -> {
              ObjectNode hello = Json.object();
              hello.set("supportedVersions", Json.tree(Modern.versions()));
              ObjectNode can = hello.putObject("capabilities");
              for (String it : List.of("tools", "prompts", "resources", "completions")) {
                can.putObject(it);
              }
              hello.set("serverInfo", Rpc.server());
              catalog.instructions(offers).ifPresent(it -> hello.put("instructions", it));
              return hello;
            });
  }

  CompletionStage<JsonNode> answer(Call call, String session, String method, JsonNode params) {
    return switch (method) {
      case "ping" -> done(Json.object());
      case "logging/setLevel" -> level(call, session, params.path("level").asText());
      case "tools/list" -> catalog.tools(call).thenApply(it -> list("tools", it));
      case "prompts/list" -> catalog.offers(call).thenApply(it -> list("prompts", it.prompts()));
      case "resources/list" ->
          catalog.offers(call).thenApply(it -> list("resources", it.resources("resources", "uri")));
      case "resources/templates/list" ->
          catalog
              .offers(call)
              .thenApply(
                  it ->
                      list("resourceTemplates", it.resources("resourceTemplates", "uriTemplate")));
      case "resources/subscribe", "resources/unsubscribe" ->
          catalog.offers(call).thenCompose(it -> subscribe(call, session, it, method, params));
      case "completion/complete" ->
          catalog.offers(call).thenCompose(it -> complete(call, session, it, params));
      default ->
          CompletableFuture.failedStage(
              new McpFault(Rpc.METHOD_NOT_FOUND, "there is no method " + method));
    };
  }

  private CompletionStage<JsonNode> level(Call call, String session, String level) {
    if (!LEVELS.contains(level)) {
      return invalid("level must be one of " + String.join(", ", LEVELS));
    }
    return sessions
        .ask(call, session, to -> new McpSessionCommand.SetLevel(call.by(), level, to))
        .thenApply(_ -> Json.object());
  }

  private CompletionStage<JsonNode> subscribe(
      Call call, String session, McpOffers offers, String method, JsonNode params) {
    String uri = params.path("uri").asText();
    Optional<McpOffers.Found> found = offers.resource(uri);
    if (found.isEmpty()) {
      return CompletableFuture.failedStage(McpFault.noResource(uri));
    }
    return ask(call, session, found.get(), method, Json.object().put("uri", found.get().own()));
  }

  private CompletionStage<JsonNode> complete(
      Call call, String session, McpOffers offers, JsonNode params) {
    boolean prompt = params.at("/ref/type").asText().equals("ref/prompt");
    String named = prompt ? params.at("/ref/name").asText() : params.at("/ref/uri").asText();
    Optional<McpOffers.Found> found = prompt ? offers.prompt(named) : offers.resource(named);
    if (found.isEmpty()) {
      return invalid("there is nothing named " + named + " to complete for");
    }
    if (!found
        .get()
        .standing()
        .offered()
        .orElseGet(Json::object)
        .at("/capabilities")
        .has("completions")) {
      ObjectNode nothing = Json.object();
      nothing.putObject("completion").putArray("values");
      return done(nothing);
    }
    ObjectNode asked = params.deepCopy();
    ((ObjectNode) asked.path("ref")).put(prompt ? "name" : "uri", found.get().own());
    return ask(call, session, found.get(), "completion/complete", asked);
  }

  private CompletionStage<JsonNode> ask(
      Call call, String session, McpOffers.Found found, String method, JsonNode params) {
    return AskPattern.<McpOrder, McpOrder.Answer>ask(
            servers,
            to ->
                new McpOrder(
                    call.tenant(),
                    found.standing().server(),
                    Optional.of(session).filter(it -> !it.isEmpty()),
                    method,
                    params,
                    PATIENCE,
                    to),
            PATIENCE.plusSeconds(30),
            system.scheduler())
        .thenApply(
            answer ->
                switch (answer) {
                  case McpOrder.Answer.Result(JsonNode result) -> result;
                  case McpOrder.Answer.No(int code, String why) -> throw new McpFault(code, why);
                });
  }

  private static JsonNode list(String name, ArrayNode items) {
    ObjectNode result = Json.object();
    result.set(name, items);
    return result;
  }

  private static CompletionStage<JsonNode> invalid(String why) {
    return CompletableFuture.failedStage(new McpFault(Rpc.INVALID_PARAMS, why));
  }

  private static CompletionStage<JsonNode> done(JsonNode result) {
    return CompletableFuture.completedStage(result);
  }
}
