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
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.AgentDefinition.Limits;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.run.RunView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Agents: define, look at, talk to. */
final class AgentRoutes {
  private static final Pattern MODEL = Pattern.compile("[a-z0-9-]+/.+");

  private static final Pattern OWNER = Pattern.compile("user:\\S{1,128}");

  private final Rooms rooms;
  private final Named agents;
  private final Sessions sessions;
  private final OneTask oneTask;

  AgentRoutes(Rooms rooms, Sessions sessions, OneTask oneTask) {
    this.rooms = rooms;
    this.agents = new Named(rooms, "agent");
    this.sessions = sessions;
    this.oneTask = oneTask;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/agents", agents::list),
        Endpoint.get("/v1/agents/{name}", agents::get),
        Endpoint.put("/v1/agents/{name}", this::put),
        Endpoint.delete("/v1/agents/{name}", agents::delete),
        Endpoint.get("/v1/agents/{name}/sessions/{session}", this::session),
        Endpoint.post("/v1/agents/{name}/sessions/{session}/messages", this::message));
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take("agent", call.path("name"));
    AgentDefinition agent = agent(name, Fields.of(call.json()));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.PutAgent(call.tenant(), agent, Json.tree(agent), to))
        .thenApply(agents::kept);
  }

  private static AgentDefinition agent(String name, Fields fields) {
    Named.header(fields, name);
    String model = fields.need("model");
    fields.matching(
        "model", MODEL, "must be of the form provider/model, such as openai/gpt-5-mini");
    Limits limits = fields.object("limits").isPresent() ? limits(fields) : Limits.STANDARD;
    AgentDefinition agent =
        new AgentDefinition(
            name,
            fields.text("role").orElse(""),
            fields.text("goal").orElse(""),
            fields.text("instructions").orElse(""),
            model,
            fields.texts("tools"),
            fields.object("outputSchema"),
            limits,
            fields.any("script"),
            fields.matching("owner", OWNER, "must be user:ID"));
    fields.check();
    return agent;
  }

  private static Limits limits(Fields fields) {
    Fields inside = fields.inside("limits");
    return new Limits(
        inside.integer("modelCalls", Limits.STANDARD.modelCalls(), 1, 100),
        inside.integer("maxOutputTokens", Limits.STANDARD.maxOutputTokens(), 1, 1_000_000));
  }

  private CompletionStage<Answer> session(Call call) {
    String agent = Names.seek("agent", call.path("name"));
    String session = Names.seek("session", call.path("session"));
    return sessions
        .get(new SessionId(call.tenant(), agent, session))
        .thenApply(
            view -> {
              if (view.transcript().isEmpty() && view.status().equals("idle")) {
                throw Problem.notFound("nothing was ever said in this session");
              }
              return Answer.ok(view);
            });
  }

  private CompletionStage<Answer> message(Call call) {
    String agent = Names.seek("agent", call.path("name"));
    String session = Names.take("session", call.path("session"));
    Fields fields = Fields.of(call.json());
    String content = fields.need("content");
    Optional<JsonNode> data = fields.any("data");
    fields.check();
    ObjectNode input = Json.object().put("agent", agent).put("message", content);
    input.put("session", session);
    input.set("data", data.orElseGet(Json::object));
    return agents
        .find(call, agent)
        .thenCompose(_ -> oneTask.run(call, "ask-agent", input, run -> reply(run, session)));
  }

  private static Answer reply(RunView run, String session) {
    ObjectNode body = Json.object();
    body.set("reply", run.output().orElseGet(Json::object));
    return Answer.ok(body.put("session", session).put("run", run.id()));
  }
}
