package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpOffers;
import io.signalbox.http.mcp.Modern;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.mcp.McpSessionCommand;
import io.signalbox.protocol.mcp.McpSessionCommand.Reply;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.RunView;
import java.time.Duration;
import java.util.HashSet;
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
 * meanwhile finds its way back. Longer than 300 lines because it is one way: from a request to its
 * run, through what people decide meanwhile, to the answer.
 */
final class McpCalls {
  private static final Logger LOG = LoggerFactory.getLogger(McpCalls.class);
  private static final Set<String> METHODS =
      Set.of("tools/call", "prompts/get", "resources/read", "tasks/result");
  private static final Duration PACE = Duration.ofMillis(250);

  private final ActorSystem<?> system;
  private final HttpSettings settings;
  private final Rooms rooms;
  private final Starter starter;
  private final McpSessions sessions;
  private final McpCatalog catalog;
  private final McpApprovals approvals;
  private final McpTasks tasks;

  /** What is to be run, and what is made of its output. */
  private record Work(Starter.Wanted wanted, Function<RunView, JsonNode> result) {}

  /** One request, and the stream it is answered over. */
  private record Asked(
      Call call,
      String session,
      Reply.Begun begun,
      JsonNode id,
      String method,
      JsonNode params,
      long deadline) {
    boolean modern() {
      return Modern.is(begun.version());
    }

    /** A task is answered at once, and its result is asked for later. */
    boolean asTask() {
      return begun.version().equals(Rpc.TASKS) && params.path("task").isObject();
    }
  }

  /** How a run stands, and the decision that its caller can be asked for. */
  private record Stand(RunView run, Optional<ApprovalView> ask) {}

  McpCalls(
      ActorSystem<?> system,
      HttpSettings settings,
      Rooms rooms,
      Starter starter,
      McpSessions sessions,
      McpCatalog catalog,
      McpApprovals approvals,
      McpTasks tasks) {
    this.system = system;
    this.settings = settings;
    this.rooms = rooms;
    this.starter = starter;
    this.sessions = sessions;
    this.catalog = catalog;
    this.approvals = approvals;
    this.tasks = tasks;
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
            to ->
                new McpSessionCommand.Begin(
                    call.by(),
                    id,
                    progress,
                    Optional.of(Modern.essence(params)),
                    stream.sink(),
                    to))
        .thenCompose(
            reply ->
                switch (reply) {
                  case Reply.Begun begun -> {
                    carryOut(new Asked(call, session, begun, id, method, params, deadline()));
                    yield Modern.is(begun.version())
                        ? sessions.direct(stream)
                        : CompletableFuture.completedStage(sessions.events(stream));
                  }
                  case Reply.Busy(String why) -> {
                    sessions.drop(stream);
                    yield McpAnswers.error(429, id, Rpc.INTERNAL, why);
                  }
                  case Reply.Gone _, Reply.There _ -> sessions.gone(stream);
                });
  }

  /** Goes on with a request of the stateless revision that needed its client's input. */
  CompletionStage<Answer> resume(Call call, JsonNode id, JsonNode params) {
    String state = params.path("requestState").asText();
    String run = state.replaceFirst("~\\d+$", "");
    McpSessions.Stream stream = sessions.stream();
    int dot = run.indexOf('.');
    return sessions
        .ask(
            call,
            dot < 0 ? "" : run.substring(0, dot),
            to ->
                new McpSessionCommand.Resume(
                    call.by(),
                    run,
                    state,
                    id,
                    Modern.essence(params),
                    params.path("inputResponses"),
                    stream.sink(),
                    to))
        .thenCompose(
            reply -> {
              if (reply instanceof Reply.Begun) {
                return sessions.direct(stream);
              }
              sessions.drop(stream);
              return McpAnswers.error(
                  400, id, Rpc.INVALID_PARAMS, "this requestState is not known here; begin anew");
            });
  }

  private void carryOut(Asked it) {
    var _ =
        respond(it)
            .exceptionally(failure -> McpFault.of(failure).message(it.id()))
            .thenApply(message -> it.modern() ? Modern.dressed(message, it.method()) : message)
            .whenComplete(
                (message, failure) -> {
                  if (failure != null) {
                    LOG.error("the answer of run {} is lost", it.begun().run(), failure);
                  } else {
                    sessions
                        .entity(it.call().tenant(), it.session())
                        .tell(new McpSessionCommand.Finish(it.begun().run(), message));
                  }
                });
  }

  private CompletionStage<JsonNode> respond(Asked it) {
    if (it.method().equals("tasks/result")) {
      return tasks
          .find(it.call(), it.params().path("taskId").asText())
          .thenCompose(task -> standing(it, task.id(), true, Set.of()))
          .thenApply(
              stand ->
                  related(
                      message(it, "tools/call", McpResults.of(stand.run()), stand), stand.run()));
    }
    if (it.modern() && it.params().has("requestState")) {
      return again(it);
    }
    String run = it.begun().run();
    return work(it.call(), run, it.method(), it.params())
        .thenCompose(
            work ->
                starter
                    .start(it.call(), work.wanted())
                    .thenCompose(
                        started ->
                            it.asTask()
                                ? CompletableFuture.completedStage(created(it, started))
                                : standing(it, run, false, Set.of())
                                    .thenApply(s -> message(it, it.method(), work.result(), s))));
  }

  private static JsonNode created(Asked it, RunView run) {
    ObjectNode result = Json.object();
    result.set("task", McpTasks.shown(run, false));
    return Rpc.result(it.id(), result);
  }

  /** A call whose decision comes with the request that asks for it once more. */
  private CompletionStage<JsonNode> again(Asked it) {
    return tasks
        .find(it.call(), it.params().path("requestState").asText())
        .thenCompose(run -> rooms.runs().whole(new RunId(it.call().tenant(), run.id()), run))
        .thenCompose(
            run -> {
              if (!McpResults.isOf(run, it.params())) {
                throw new McpFault(
                    Rpc.INVALID_PARAMS, "this requestState belongs to another request");
              }
              return approvals
                  .askable(it.call(), it.begun().capabilities(), run)
                  .thenCompose(
                      ask ->
                          ask.isEmpty()
                              ? CompletableFuture.completedStage(false)
                              : approvals.decided(
                                  it.call(),
                                  ask.get(),
                                  it.params().path("inputResponses").path(ask.get().id())))
                  .thenCompose(_ -> standing(it, run.id(), false, Set.of()))
                  .thenApply(stand -> message(it, it.method(), McpResults.of(stand.run()), stand));
            });
  }

  /** The client does not want the answer any more. */
  CompletionStage<Optional<RunView>> cancel(Call call, String run) {
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
                    to))
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure ->
                Problem.is(404, failure)
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(failure));
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
        callTool(run, it.standing().server().name() + ".get-prompt", arguments, Map.of()),
        view -> view.output().orElseGet(Json::object));
  }

  private static Work resource(String run, JsonNode params, Optional<McpOffers.Found> found) {
    String uri = params.path("uri").asText();
    McpOffers.Found it = found.orElseThrow(() -> McpFault.noResource(uri));
    return new Work(
        callTool(
            run,
            it.standing().server().name() + ".read-resource",
            Json.object().put("uri", it.own()),
            Map.of()),
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
            tool -> {
              boolean raw = tool.body().path("kind").asText().equals("mcp");
              return new Work(
                  callTool(run, name, arguments, McpTasks.labels(call, name, raw)),
                  raw ? view -> view.output().orElseGet(Json::object) : McpResults::structured);
            })
        .exceptionallyCompose(
            failure ->
                Problem.is(404, failure)
                    ? other(call, run, name, arguments)
                    : CompletableFuture.failedStage(failure));
  }

  /** Agents and workflows are tools too. */
  private static CompletionStage<Work> other(
      Call call, String run, String name, JsonNode arguments) {
    Map<String, String> labels = McpTasks.labels(call, name, false);
    if (name.startsWith(McpCatalog.AGENT)) {
      ObjectNode input = Json.object().put("agent", name.substring(McpCatalog.AGENT.length()));
      input.put("message", arguments.path("message").asText());
      input.put("session", arguments.path("session").asText(run));
      input.set("data", Json.object());
      return CompletableFuture.completedStage(
          new Work(builtin("ask-agent", run, input, labels), McpResults::structured));
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
                labels,
                Optional.of(run),
                false),
            McpResults::structured));
  }

  /** The same for what is not there and for what the caller may not see. */
  private static McpFault unknown(String name) {
    return new McpFault(Rpc.INVALID_PARAMS, "Unknown tool: " + name);
  }

  private static Starter.Wanted callTool(
      String run, String tool, JsonNode arguments, Map<String, String> labels) {
    ObjectNode input = Json.object().put("tool", tool);
    input.set("arguments", arguments);
    return builtin("call-tool", run, input, labels);
  }

  private static Starter.Wanted builtin(
      String workflow, String run, JsonNode input, Map<String, String> labels) {
    return new Starter.Wanted(
        "signalbox", workflow, Optional.empty(), input, labels, Optional.of(run), true);
  }

  private static JsonNode message(
      Asked it, String method, Function<RunView, JsonNode> result, Stand stand) {
    RunView view = stand.run();
    return switch (view.status()) {
      case COMPLETED -> Rpc.result(it.id(), result.apply(view));
      case PENDING, RUNNING, WAITING, SUSPENDED -> unfinished(it, method, stand);
      case FAULTED, CANCELLED -> {
        Problem problem = OneTask.failed(view);
        yield method.equals("tools/call")
            ? Rpc.result(it.id(), McpResults.failure(problem.detail()))
            : McpFault.of(problem).message(it.id());
      }
    };
  }

  /** What waits for people goes on without its client: the answer says for what, and how to ask. */
  private static JsonNode unfinished(Asked it, String method, Stand stand) {
    RunView view = stand.run();
    if (stand.ask().isPresent()) {
      return Rpc.result(
          it.id(),
          Modern.inputRequired(
              view.id(),
              stand.ask().get().id(),
              "elicitation/create",
              McpApprovals.form(stand.ask().get())));
    }
    String what =
        McpApprovals.of(view)
            .map(id -> "it is waiting for approval " + id)
            .orElse("somebody has to say how a call of it ended");
    String told =
        "Not done yet: %s. The call is run %s and goes on by itself; its result is then that of the task of this id."
            .formatted(what, view.id());
    if (!method.equals("tools/call")) {
      return new McpFault(Rpc.INTERNAL, told).message(it.id());
    }
    return related(Rpc.result(it.id(), McpResults.failure(told)), view);
  }

  private static JsonNode related(JsonNode message, RunView run) {
    if (message.path("result") instanceof ObjectNode result) {
      result
          .withObjectProperty("_meta")
          .putObject("io.modelcontextprotocol/related-task")
          .put("taskId", run.id());
    }
    return message;
  }

  private long deadline() {
    return System.nanoTime() + settings.mcp().longest().toNanos();
  }

  /**
   * The run once it has ended, with all its values, or once it waits for people; whoever behind the
   * client may decide is asked on the way.
   *
   * @param patient whether it is waited for although people have to decide first
   * @param asked the decisions that its client was asked for already
   */
  private CompletionStage<Stand> standing(
      Asked it, String run, boolean patient, Set<String> asked) {
    RunId id = new RunId(it.call().tenant(), run);
    return rooms
        .runs()
        .settled(id, settings.callPatience())
        .thenCompose(
            view -> {
              if (view.status().ended()) {
                return rooms
                    .runs()
                    .whole(id, view)
                    .thenApply(all -> new Stand(all, Optional.empty()));
              }
              if (System.nanoTime() > it.deadline()) {
                return CompletableFuture.failedStage(
                    new McpFault(
                        Rpc.INTERNAL, "run " + run + " goes on; it was waited for too long"));
              }
              return approvals
                  .askable(it.call(), it.begun().capabilities(), view)
                  .thenApply(ask -> ask.filter(a -> !asked.contains(a.id())))
                  .thenCompose(ask -> asking(it, view, ask, patient, asked));
            });
  }

  private CompletionStage<Stand> asking(
      Asked it, RunView view, Optional<ApprovalView> ask, boolean patient, Set<String> asked) {
    if (ask.isPresent() && !it.modern()) {
      Set<String> more = new HashSet<>(asked);
      more.add(ask.get().id());
      return elicited(it, ask.get())
          .thenCompose(_ -> standing(it, view.id(), patient, Set.copyOf(more)));
    }
    boolean people =
        view.status() == RunStatus.WAITING
            && view.waitingFor().stream()
                .anyMatch(w -> w.kind().equals("approval") || w.kind().equals("outcome"));
    return people && !patient
        ? CompletableFuture.completedStage(new Stand(view, ask))
        : Patterns.after(PACE, system, () -> standing(it, view.id(), patient, asked));
  }

  /** Asks over the request's own stream; a decision that is refused is nobody's. */
  private CompletionStage<Boolean> elicited(Asked it, ApprovalView approval) {
    Duration patience = settings.mcp().decision();
    return sessions
        .entity(it.call().tenant(), it.session())
        .<McpSessionCommand.ClientReply>ask(
            to ->
                new McpSessionCommand.Ask(
                    Optional.of(it.begun().run()),
                    "elicitation/create",
                    McpApprovals.form(approval),
                    patience,
                    to),
            patience.plusSeconds(5))
        .thenCompose(
            reply -> approvals.decided(it.call(), approval, reply.result().orElseGet(Json::object)))
        .exceptionallyCompose(
            failure ->
                Problems.of(failure).status() < 500
                    ? CompletableFuture.completedStage(false)
                    : CompletableFuture.failedStage(failure));
  }
}
