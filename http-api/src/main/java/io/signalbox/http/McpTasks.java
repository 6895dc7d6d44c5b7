package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.view.ViewQuery;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Tasks as revision 2025-11-25 has them (basic/utilities/tasks): each is the run behind a call,
 * known by the run's id, so that it outlives the session, the connection and the node. It belongs
 * to who began it, whatever session asks.
 */
final class McpTasks {
  private static final String OWNER = "mcp.owner";
  private static final String TOOL = "mcp.tool";
  private static final String RESULT = "mcp.result";
  private static final String RAW = "raw";
  private static final Set<String> METHODS = Set.of("tasks/get", "tasks/list", "tasks/cancel");
  private static final Pattern ID = Pattern.compile("mcp-[0-9a-f]{32}\\.[0-9]{1,18}");
  private static final int POLL = 1000;
  private static final int PAGE = 50;
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Rooms rooms;
  private final McpApprovals approvals;

  McpTasks(Rooms rooms, McpApprovals approvals) {
    this.rooms = rooms;
    this.approvals = approvals;
  }

  boolean takes(String method) {
    return METHODS.contains(method);
  }

  /** What a call's run remembers of it. */
  static Map<String, String> labels(Call call, String tool, boolean raw) {
    return Map.of(OWNER, call.by().id(), TOOL, tool, RESULT, raw ? RAW : "structured");
  }

  static boolean isRaw(RunView run) {
    return run.labels().getOrDefault(RESULT, "").equals(RAW);
  }

  static String tool(RunView run) {
    return run.labels().getOrDefault(TOOL, "");
  }

  CompletionStage<JsonNode> answer(
      Call call, JsonNode capabilities, String method, JsonNode params) {
    return switch (method) {
      case "tasks/list" -> list(call, params);
      case "tasks/cancel" ->
          find(call, params.path("taskId").asText()).thenCompose(run -> cancel(call, run));
      default ->
          find(call, params.path("taskId").asText())
              .thenCompose(
                  run ->
                      approvals
                          .askable(call, capabilities, run)
                          .thenApply(ask -> shown(run, ask.isPresent())));
    };
  }

  /** The caller's own task; anybody else's is not there. */
  CompletionStage<RunView> find(Call call, String id) {
    if (!ID.matcher(id).matches()) {
      return CompletableFuture.failedStage(missing(id));
    }
    return rooms
        .runs()
        .get(new RunId(call.tenant(), id))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(Problem.is(404, failure) ? missing(id) : failure))
        .thenApply(
            run -> {
              if (!call.by().id().equals(run.labels().get(OWNER))) {
                throw missing(id);
              }
              return run;
            });
  }

  private static McpFault missing(String id) {
    return new McpFault(Rpc.INVALID_PARAMS, "there is no task " + id);
  }

  private CompletionStage<JsonNode> cancel(Call call, RunView run) {
    if (run.status().ended()) {
      return CompletableFuture.failedStage(
          new McpFault(Rpc.INVALID_PARAMS, "task " + run.id() + " has ended already"));
    }
    RunId id = new RunId(call.tenant(), run.id());
    return rooms
        .runs()
        .ask(
            id,
            to ->
                new RunCommand.Control(
                    RunCommand.Verb.CANCEL,
                    call.by().id(),
                    Optional.of("the MCP client has cancelled its task"),
                    Optional.empty(),
                    to))
        .thenCompose(_ -> rooms.runs().settled(id, SOON))
        .thenApply(it -> shown(it, false).put("status", "cancelled"));
  }

  private CompletionStage<JsonNode> list(Call call, JsonNode params) {
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Runs.class,
            to ->
                new ViewQuery.ListRuns(
                    call.tenant(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(OWNER + "=" + call.by().id()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    PAGE,
                    Optional.ofNullable(params.path("cursor").textValue()),
                    to))
        .thenApply(
            page -> {
              ObjectNode result = Json.object();
              ArrayNode tasks = result.putArray("tasks");
              page.items()
                  .forEach(
                      row ->
                          tasks.add(
                              task(
                                  row.id(),
                                  status(RunStatus.parse(row.status()), false),
                                  row.startedAt().toString(),
                                  row.endedAt().orElse(row.startedAt()).toString())));
              page.nextCursor().ifPresent(it -> result.put("nextCursor", it));
              return result;
            });
  }

  /** The task as it stands. */
  static ObjectNode shown(RunView run, boolean asking) {
    ObjectNode task =
        task(
            run.id(),
            status(run.status(), asking),
            run.startedAt().toString(),
            run.endedAt().orElse(run.startedAt()).toString());
    McpApprovals.of(run).ifPresent(id -> task.put("statusMessage", "waiting for approval " + id));
    run.error().ifPresent(it -> task.put("statusMessage", it.title()));
    return task;
  }

  private static ObjectNode task(String id, String status, String created, String updated) {
    return Json.object()
        .put("taskId", id)
        .put("status", status)
        .put("createdAt", created)
        .put("lastUpdatedAt", updated)
        .putNull("ttl") // runs are kept for as long as retention says
        .put("pollInterval", POLL);
  }

  private static String status(RunStatus status, boolean asking) {
    return switch (status) {
      case PENDING, RUNNING, SUSPENDED -> "working";
      case WAITING -> asking ? "input_required" : "working";
      case COMPLETED -> "completed";
      case FAULTED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }
}
