package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.ApprovalPolicy;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  ToolRoutes(Rooms rooms, OneTask oneTask) {
    this.rooms = rooms;
    this.tools = new Named(rooms, "tool");
    this.oneTask = oneTask;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/tools", tools::list),
        Endpoint.get("/v1/tools/{name}", tools::get),
        Endpoint.put("/v1/tools/{name}", this::put),
        Endpoint.delete("/v1/tools/{name}", tools::delete),
        Endpoint.post("/v1/tools/{name}/call", this::call));
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
        approval);
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
    fields.check();
    ObjectNode input = Json.object().put("tool", name);
    input.set("arguments", arguments);
    return tools
        .find(call, name)
        .thenCompose(_ -> oneTask.run(call, "call-tool", input, ToolRoutes::result));
  }

  private static Answer result(RunView run) {
    ObjectNode body = Json.object();
    body.set("result", run.output().orElseGet(Json::object));
    return Answer.ok(body.put("run", run.id()));
  }
}
