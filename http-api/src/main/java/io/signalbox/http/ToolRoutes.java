package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.approval.ApprovalPolicy;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.tool.ToolFuse;
import io.signalbox.protocol.tool.ToolHealth;
import io.signalbox.protocol.tool.ToolTaint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tools: declare, look at, call. */
final class ToolRoutes {
  private static final List<String> KINDS = List.of("http", "sql");
  private static final List<String> RISKS = List.of("read", "write", "destructive");
  private static final List<String> POLICIES = List.of("ask", "idempotent", "probe", "fail");
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final Duration MOST = Duration.ofHours(1);

  private final Rooms rooms;
  private final Named tools;
  private final OneTask oneTask;
  private final ToolHealth.Board board;

  ToolRoutes(Rooms rooms, OneTask oneTask, ToolHealth.Board board) {
    this.rooms = rooms;
    this.board = board;
    this.tools = new Named(rooms, "tool");
    this.oneTask = oneTask;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/tools", tools::list),
        Endpoint.get("/v1/tools/{name}", this::get),
        Endpoint.put("/v1/tools/{name}", this::put),
        Endpoint.delete("/v1/tools/{name}", tools::delete),
        Endpoint.post("/v1/tools/{name}/call", this::call).needs("tool:{name}:call"));
  }

  /** With how it fares on the node that answers. */
  private CompletionStage<Answer> get(Call call) {
    String name = Names.seek("tool", call.path("name"));
    return tools
        .find(call, name)
        .thenApply(
            resource -> {
              ObjectNode whole = Named.whole(resource);
              board.of(call.tenant(), name).ifPresent(it -> whole.set("health", Json.tree(it)));
              return Answer.ok(whole);
            });
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take("tool", call.path("name"));
    ToolDefinition tool = tool(name, Fields.of(call.json()));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.PutTool(call.tenant(), tool, Json.tree(tool), to))
        .thenApply(tools::kept);
  }

  private static ToolDefinition tool(String name, Fields fields) {
    Named.header(fields, name);
    fields.ignore("health");
    fields.need("kind");
    String kind = fields.choice("kind", KINDS);
    String description = fields.need("description");
    JsonNode parameters =
        fields.object("parameters").orElseGet(() -> Json.object().put("type", "object"));
    Optional<JsonNode> result = fields.object("result");
    fields.need("risk");
    Risk risk = Risk.parse(fields.choice("risk", RISKS));
    OnUnknownOutcome unknown = onUnknownOutcome(fields, risk);
    Duration timeout = fields.duration("timeout").orElse(USUAL);
    if (!timeout.isPositive() || timeout.compareTo(MOST) > 0) {
      fields.fault("timeout", "must be longer than nothing and at most " + MOST);
    }
    List<String> approvers = fields.texts("approvers");
    Optional<ApprovalPolicy> approval = ApprovalPolicies.read(fields, approvers);
    Optional<JsonNode> config = fields.object("config");
    Fields inside = fields.open("config");
    if (kind.equals("sql")) {
      inside.need("datasource");
      inside.need("query");
    } else {
      inside.need("url");
    }
    if (unknown == OnUnknownOutcome.PROBE) {
      canLook(fields, inside, kind);
    }
    Optional<ToolTaint> taint = TaintFields.read(fields);
    Optional<ToolFuse> fuse = FuseFields.read(fields);
    fields.check();
    return new ToolDefinition(
        name,
        kind,
        description,
        parameters,
        result,
        risk,
        unknown,
        timeout,
        approvers,
        config.orElseGet(Json::object),
        approval,
        taint,
        fuse);
  }

  /** A read may be sent again; of anything else a person says whether it happened. */
  private static OnUnknownOutcome onUnknownOutcome(Fields fields, Risk risk) {
    Optional<String> given = fields.text("onUnknownOutcome");
    fields.choice("onUnknownOutcome", POLICIES);
    return given
        .filter(POLICIES::contains)
        .map(OnUnknownOutcome::parse)
        .orElse(risk == Risk.READ ? OnUnknownOutcome.IDEMPOTENT : OnUnknownOutcome.ASK);
  }

  private static void canLook(Fields fields, Fields config, String kind) {
    if (!kind.equals("http")) {
      fields.fault("onUnknownOutcome", "cannot be probe: tools of kind " + kind + " cannot look");
    } else if (config
        .object("probe")
        .filter(it -> it.path("url").asText().contains("{idempotencyKey}"))
        .isEmpty()) {
      config.fault("probe", "needs a url with {idempotencyKey} in it, to look for the call with");
    }
  }

  private CompletionStage<Answer> call(Call call) {
    String name = Names.seek("tool", call.path("name"));
    Fields fields = Fields.of(call.json());
    JsonNode arguments = fields.object("arguments").orElseGet(Json::object);
    Optional<String> behalf =
        fields.matching("onBehalfOf", KeyRoutes.PRINCIPAL, KeyRoutes.PRINCIPAL_RULE);
    fields.check();
    ObjectNode input = Json.object().put("tool", name);
    input.set("arguments", arguments);
    return tools
        .find(call, name)
        .thenCompose(_ -> acting(call, name, behalf))
        .thenCompose(acting -> oneTask.run(acting, "call-tool", input, ToolRoutes::result));
  }

  /** The same call by somebody who may do no more than both may do. */
  private CompletionStage<Call> acting(Call call, String tool, Optional<String> behalf) {
    if (behalf.isEmpty()) {
      return CompletableFuture.completedStage(call);
    }
    String acting = "act-for:" + behalf.get();
    if (!call.by().rights().anywhere(acting)) {
      throw Problem.notPermitted(acting);
    }
    return rooms
        .access()
        .ask(
            AccessCommand.Reply.Known.class,
            to -> new AccessCommand.ActFor(call.by(), behalf.get(), to))
        .thenApply(
            known -> {
              String permission = "tool:" + tool + ":call";
              if (!known.principal().rights().anywhere(permission)) {
                throw Problem.notPermitted(permission);
              }
              return call.as(known.principal());
            });
  }

  private static Answer result(RunView run) {
    ObjectNode body = Json.object();
    body.set("result", run.output().orElseGet(Json::object));
    return Answer.ok(body.put("run", run.id()));
  }
}
