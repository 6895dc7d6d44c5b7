package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Pages;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.mcp.McpReach;
import io.signalbox.protocol.mcp.McpServer;
import io.signalbox.protocol.mcp.McpStanding;
import io.signalbox.protocol.mcp.McpToolRule;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Servers of the Model Context Protocol: declare, look at, accept what they have changed. */
final class McpServerRoutes {
  private static final List<String> TRANSPORTS = List.of("http", "stdio");
  private static final List<String> RISKS = List.of("read", "write", "destructive");
  private static final List<String> POLICIES = List.of("ask", "idempotent", "fail");
  private static final Duration USUAL = Duration.ofSeconds(60);

  private final Rooms rooms;

  McpServerRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/mcp-servers", this::list),
        Endpoint.get("/v1/mcp-servers/{name}", this::get),
        // whoever may put a server may have a program started
        Endpoint.put("/v1/mcp-servers/{name}", this::put).admin(),
        Endpoint.delete("/v1/mcp-servers/{name}", this::delete).admin(),
        Endpoint.post("/v1/mcp-servers/{name}/accept", this::accept).admin());
  }

  private CompletionStage<Answer> list(Call call) {
    return standings(call, Optional.empty())
        .thenApply(
            it -> Pages.page(it.stream().map(McpServerRoutes::shown).toList(), Optional.empty()));
  }

  private CompletionStage<Answer> get(Call call) {
    String name = Names.seek("server", call.path("name"));
    return standings(call, Optional.of(name)).thenApply(it -> Answer.ok(shown(it.getFirst())));
  }

  private CompletionStage<List<McpStanding>> standings(Call call, Optional<String> name) {
    return rooms
        .catalog()
        .ask(
            CatalogReply.Mcp.class,
            to -> new CatalogCommand.McpStandings(Optional.of(call.tenant()), name, to))
        .thenApply(CatalogReply.Mcp::standings);
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take("server", call.path("name"));
    McpServer server = server(name, Fields.of(call.json()));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Mcp.class,
            to -> new CatalogCommand.PutMcpServer(call.tenant(), server, to))
        .thenApply(it -> Answer.ok(shown(it.standings().getFirst())));
  }

  private CompletionStage<Answer> delete(Call call) {
    String name = Names.take("server", call.path("name"));
    return rooms
        .catalog()
        .ask(CatalogReply.Gone.class, to -> new CatalogCommand.McpDelete(call.tenant(), name, to))
        .thenApply(_ -> Answer.nothing());
  }

  private CompletionStage<Answer> accept(Call call) {
    String name = Names.take("server", call.path("name"));
    Fields fields = Fields.of(call.jsonOrEmpty());
    List<String> items = fields.texts("items");
    fields.check();
    return rooms
        .catalog()
        .ask(
            CatalogReply.Mcp.class,
            to -> new CatalogCommand.McpAccept(call.tenant(), name, items, to))
        .thenCompose(_ -> standings(call, Optional.of(name)))
        .thenApply(it -> Answer.ok(shown(it.getFirst())));
  }

  private static McpServer server(String name, Fields fields) {
    fields.ignore("digest", "health", "trouble", "since", "seenAt", "offered", "changes");
    if (!fields.text("name").orElse(name).equals(name)) {
      fields.fault("name", "must be the name in the path, " + name);
    }
    fields.need("transport");
    String transport = fields.choice("transport", TRANSPORTS);
    McpReach reach =
        transport.equals("stdio")
            ? new McpReach.Stdio(
                fields.need("command"),
                fields.texts("args"),
                fields.textMap("env"),
                fields.textMap("secrets"))
            : new McpReach.Http(
                fields.need("url"),
                fields.textMap("headers"),
                fields.textMap("secrets"),
                fields.object("authentication"));
    McpCredentials.check(reach, fields);
    String prefix = fields.any("prefix").map(JsonNode::asText).orElse(name + ".");
    Risk risk = fields.text("risk").isEmpty() ? Risk.WRITE : risk(fields.choice("risk", RISKS));
    Optional<JsonNode> trust = fields.any("trustAnnotations");
    if (trust.filter(it -> !it.isBoolean()).isPresent()) {
      fields.fault("trustAnnotations", "must be true or false");
    }
    McpServer server =
        new McpServer(
            name,
            fields.text("description").orElse(""),
            prefix,
            reach,
            fields.duration("timeout").orElse(USUAL),
            risk,
            trust.map(JsonNode::asBoolean).orElse(false),
            rules(fields));
    fields.check();
    return server;
  }

  private static Map<String, McpToolRule> rules(Fields fields) {
    Map<String, McpToolRule> rules = new LinkedHashMap<>();
    Optional<JsonNode> given = fields.object("tools");
    if (given.isPresent()) {
      Fields all = fields.inside("tools");
      given
          .get()
          .fieldNames()
          .forEachRemaining(
              tool -> {
                if (all.object(tool).isPresent()) {
                  rules.put(tool, rule(all.inside(tool)));
                }
              });
    }
    return rules;
  }

  private static McpToolRule rule(Fields fields) {
    Optional<Risk> risk =
        fields.text("risk").isEmpty()
            ? Optional.empty()
            : Optional.of(risk(fields.choice("risk", RISKS)));
    Optional<OnUnknownOutcome> unknown =
        fields.text("onUnknownOutcome").isEmpty()
            ? Optional.empty()
            : Optional.of(fields.choice("onUnknownOutcome", POLICIES))
                .filter(POLICIES::contains)
                .map(OnUnknownOutcome::parse);
    return new McpToolRule(
        risk,
        unknown,
        fields.duration("timeout"),
        fields.texts("approvers"),
        fields.any("hidden").map(JsonNode::asBoolean).orElse(false));
  }

  private static Risk risk(String text) {
    return RISKS.contains(text) ? Risk.parse(text) : Risk.WRITE;
  }

  /** The definition, how things stand, and what is held back; names of secrets, never values. */
  private static ObjectNode shown(McpStanding it) {
    ObjectNode shown = Json.object();
    if (Json.tree(it.server()) instanceof ObjectNode definition) {
      JsonNode reach = definition.remove("reach");
      shown.setAll(definition);
      if (reach instanceof ObjectNode fields) {
        shown.setAll(fields);
      }
    }
    shown.put("digest", it.digest()).put("health", it.health());
    it.trouble().ifPresent(why -> shown.put("trouble", why));
    it.since().ifPresent(at -> shown.put("since", at.toString()));
    it.seenAt().ifPresent(at -> shown.put("seenAt", at.toString()));
    it.offered().ifPresent(offer -> shown.set("offered", offer));
    shown.set("changes", Json.tree(it.changes()));
    return shown;
  }
}
