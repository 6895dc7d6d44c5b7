package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpOffers;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.mcp.McpSessionCommand;
import io.signalbox.protocol.mcp.McpSessionCommand.Reply;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol's requests that reach outside: each is a run, under the same rules as any, answered
 * over a stream of its own. The run's id follows from the session's, so that what a server says
 * meanwhile finds its way back.
 */
final class McpCalls {
  private static final Logger LOG = LoggerFactory.getLogger(McpCalls.class);
  private static final Set<String> METHODS = Set.of("tools/call", "prompts/get", "resources/read");
  private static final Duration PACE = Duration.ofMillis(250);

  private final ActorSystem<?> system;
  private final HttpSettings settings;
  private final Rooms rooms;
  private final Starter starter;
  private final McpSessions sessions;
  private final McpCatalog catalog;

  /** What is to be run, and what is made of its output. */
  private record Work(Starter.Wanted wanted, Function<RunView, JsonNode> result) {}

  McpCalls(
      ActorSystem<?> system,
      HttpSettings settings,
      Rooms rooms,
      Starter starter,
      McpSessions sessions,
      McpCatalog catalog) {
    this.system = system;
    this.settings = settings;
    this.rooms = rooms;
    this.starter = starter;
    this.sessions = sessions;
    this.catalog = catalog;
  }

  boolean takes(String method) {
    return METHODS.contains(method);
  }

  CompletionStage<Answer> begin(
      Call call, String session, JsonNode id, String method, JsonNode params) {
    McpSessions.Stream stream = sessions.stream();
    Optional<JsonNode> progress =
        Optional.of(params.at("/_meta/progressToken")).filter(it -> !it.isMissingNode());
    return sessions
        .ask(
            call,
            session,
            to -> new McpSessionCommand.Begin(call.by(), id, progress, stream.sink(), to))
        .thenCompose(
            reply ->
                switch (reply) {
                  case Reply.Begun begun -> {
                    carryOut(call, session, begun.run(), id, method, params);
                    yield CompletableFuture.completedStage(sessions.events(stream));
                  }
                  case Reply.Busy(String why) -> {
                    sessions.drop(stream);
                    yield McpAnswers.error(429, id, Rpc.INTERNAL, why);
                  }
                  case Reply.Gone _, Reply.There _ -> sessions.gone(stream);
                });
  }

  private void carryOut(
      Call call, String session, String run, JsonNode id, String method, JsonNode params) {
    var _ =
        work(call, run, method, params)
            .thenCompose(
                work ->
                    starter
                        .start(call, work.wanted())
                        .thenCompose(_ -> ended(call, run, deadline()))
                        .thenApply(view -> message(id, method, work, view)))
            .exceptionally(failure -> McpFault.of(failure).message(id))
            .whenComplete(
                (message, failure) -> {
                  if (failure != null) {
                    LOG.error("the answer of run {} is lost", run, failure);
                  } else {
                    sessions
                        .entity(call.tenant(), session)
                        .tell(new McpSessionCommand.Finish(run, message));
                  }
                });
  }

  /** The client does not want the answer any more. */
  CompletionStage<RunView> cancel(Call call, String run) {
    return rooms
        .runs()
        .ask(
            new RunId(call.tenant(), run),
            to ->
                new RunCommand.Control(
                    RunCommand.Verb.CANCEL,
                    call.by().id(),
                    Optional.of("the MCP client has cancelled its request"),
                    Optional.empty(),
                    to));
  }

  private CompletionStage<Work> work(Call call, String run, String method, JsonNode params) {
    return switch (method) {
      case "prompts/get" ->
          catalog
              .offers(call)
              .thenApply(
                  offers -> prompt(run, params, offers.prompt(params.path("name").asText())));
      case "resources/read" ->
          catalog
              .offers(call)
              .thenApply(
                  offers -> resource(run, params, offers.resource(params.path("uri").asText())));
      default -> tool(call, run, params);
    };
  }

  private static Work prompt(String run, JsonNode params, Optional<McpOffers.Found> found) {
    McpOffers.Found it =
        found.orElseThrow(
            () ->
                new McpFault(
                    Rpc.INVALID_PARAMS, "there is no prompt " + params.path("name").asText()));
    ObjectNode arguments = Json.object().put("name", it.own());
    if (params.path("arguments").isObject()) {
      arguments.set("arguments", params.path("arguments"));
    }
    return new Work(
        callTool(run, it.standing().server().name() + ".get-prompt", arguments),
        view -> view.output().orElseGet(Json::object));
  }

  private static Work resource(String run, JsonNode params, Optional<McpOffers.Found> found) {
    String uri = params.path("uri").asText();
    McpOffers.Found it =
        found.orElseThrow(
            () -> new McpFault(Rpc.RESOURCE_NOT_FOUND, "there is no resource " + uri));
    return new Work(
        callTool(
            run,
            it.standing().server().name() + ".read-resource",
            Json.object().put("uri", it.own())),
        view -> McpResults.outside(it.standing(), view.output().orElseGet(Json::object)));
  }

  private CompletionStage<Work> tool(Call call, String run, JsonNode params) {
    String name = params.path("name").asText();
    JsonNode arguments =
        params.path("arguments").isObject() ? params.path("arguments") : Json.object();
    if (!McpSight.of(call).sees(name)) {
      return CompletableFuture.failedStage(unknown(name));
    }
    return catalog
        .tool(call, name)
        .thenApply(
            tool ->
                new Work(
                    callTool(run, name, arguments),
                    tool.body().path("kind").asText().equals("mcp")
                        ? view -> view.output().orElseGet(Json::object)
                        : McpResults::structured))
        .exceptionallyCompose(
            failure ->
                Problem.is(404, failure)
                    ? other(run, name, arguments)
                    : CompletableFuture.failedStage(failure));
  }

  /** Agents and workflows are tools too. */
  private static CompletionStage<Work> other(String run, String name, JsonNode arguments) {
    if (name.startsWith(McpCatalog.AGENT)) {
      ObjectNode input = Json.object().put("agent", name.substring(McpCatalog.AGENT.length()));
      input.put("message", arguments.path("message").asText());
      input.put("session", arguments.path("session").asText(run));
      input.set("data", Json.object());
      return CompletableFuture.completedStage(
          new Work(builtin("ask-agent", run, input), McpResults::structured));
    }
    String rest = name.startsWith(McpCatalog.WORKFLOW) ? name.substring(9) : "";
    int dot = rest.indexOf('.');
    if (dot < 1) {
      return CompletableFuture.failedStage(unknown(name));
    }
    return CompletableFuture.completedStage(
        new Work(
            new Starter.Wanted(
                rest.substring(0, dot),
                rest.substring(dot + 1),
                Optional.empty(),
                arguments,
                Map.of(),
                Optional.of(run),
                false),
            McpResults::structured));
  }

  /** The same for what is not there and for what the caller may not see. */
  private static McpFault unknown(String name) {
    return new McpFault(Rpc.INVALID_PARAMS, "Unknown tool: " + name);
  }

  private static Starter.Wanted callTool(String run, String tool, JsonNode arguments) {
    ObjectNode input = Json.object().put("tool", tool);
    input.set("arguments", arguments);
    return builtin("call-tool", run, input);
  }

  private static Starter.Wanted builtin(String workflow, String run, JsonNode input) {
    return new Starter.Wanted(
        "signalbox", workflow, Optional.empty(), input, Map.of(), Optional.of(run), true);
  }

  private static JsonNode message(JsonNode id, String method, Work work, RunView view) {
    return switch (view.status()) {
      case COMPLETED -> Rpc.result(id, work.result().apply(view));
      case FAULTED, CANCELLED, PENDING, RUNNING, WAITING, SUSPENDED -> {
        Problem problem = OneTask.failed(view);
        if (method.equals("tools/call")) {
          ObjectNode result = Json.object().put("isError", true);
          result.putArray("content").addObject().put("type", "text").put("text", problem.detail());
          yield Rpc.result(id, result);
        }
        yield McpFault.of(problem).message(id);
      }
    };
  }

  private long deadline() {
    return System.nanoTime() + settings.mcp().longest().toNanos();
  }

  /** The run once it has ended, with all its values; approvals on its way are waited for. */
  private CompletionStage<RunView> ended(Call call, String run, long deadline) {
    RunId id = new RunId(call.tenant(), run);
    return rooms
        .runs()
        .settled(id, settings.callPatience())
        .thenCompose(
            view ->
                switch (view.status()) {
                  case COMPLETED, FAULTED, CANCELLED -> rooms.runs().whole(id, view);
                  case PENDING, RUNNING, WAITING, SUSPENDED ->
                      System.nanoTime() > deadline
                          ? CompletableFuture.failedStage(
                              new McpFault(
                                  Rpc.INTERNAL,
                                  "run " + run + " goes on; it was waited for too long"))
                          : Patterns.after(PACE, system, () -> ended(call, run, deadline));
                });
  }
}
