package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.mcp.McpOffers;
import io.signalbox.http.wire.Call;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.mcp.McpStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What the gateway offers to an MCP client: the tools, agents, workflows, prompts and resources
 * that its caller may use, so that each role sees a server of its own.
 */
final class McpCatalog {
  static final String AGENT = "agent.";
  static final String WORKFLOW = "workflow.";
  private static final int PAGE = 500;
  private static final int PAGES = 10;
  private static final String OWN = "signalbox";

  private final Rooms rooms;

  McpCatalog(Rooms rooms) {
    this.rooms = rooms;
  }

  CompletionStage<McpOffers> offers(Call call) {
    return rooms
        .catalog()
        .ask(
            CatalogReply.Mcp.class,
            to -> new CatalogCommand.McpStandings(Optional.of(call.tenant()), Optional.empty(), to))
        .thenApply(it -> new McpOffers(it.standings(), McpSight.of(call)::tool));
  }

  /** What the servers say of themselves, as far as it was accepted. */
  Optional<String> instructions(McpOffers offers) {
    String all =
        offers.seen().stream()
            .flatMap(it -> accepted(it).stream())
            .collect(Collectors.joining("\n\n"));
    return Optional.of(all).filter(it -> !it.isEmpty());
  }

  private static Optional<String> accepted(McpStanding it) {
    return it.accepted()
        .map(pins -> pins.path("instructions"))
        .filter(JsonNode::isTextual)
        .filter(text -> it.changes().stream().noneMatch(c -> c.item().equals("instructions")))
        .map(text -> it.server().name() + ": " + text.asText());
  }

  /** A tool of the registry, by its name. */
  CompletionStage<Resource> tool(Call call, String name) {
    return rooms
        .catalog()
        .ask(
            CatalogReply.Found.class, to -> new CatalogCommand.Get(call.tenant(), "tool", name, to))
        .thenApply(CatalogReply.Found::resource);
  }

  CompletionStage<ArrayNode> tools(Call call) {
    return offers(call)
        .thenCompose(
            offers ->
                all(call, "tool")
                    .thenCombine(
                        all(call, "agent").thenCombine(all(call, "workflow"), List::of),
                        (tools, others) -> {
                          McpSight sight = McpSight.of(call);
                          ArrayNode items = Json.object().putArray("tools");
                          tools.stream()
                              .filter(it -> sight.tool(it.name()))
                              .forEach(it -> tool(offers, it).ifPresent(items::add));
                          others.get(0).stream()
                              .filter(it -> sight.agent(it.name()))
                              .forEach(it -> items.add(agent(it)));
                          others.get(1).stream()
                              .filter(it -> !it.namespace().equals(OWN))
                              .filter(it -> sight.workflow(it.namespace()))
                              .forEach(it -> items.add(workflow(it)));
                          for (JsonNode item : items) {
                            ((ObjectNode) item)
                                .putObject("execution")
                                .put("taskSupport", "optional");
                          }
                          return items;
                        }));
  }

  /** Of a federated server just what was accepted; nothing of it where that has changed. */
  private static Optional<ObjectNode> tool(McpOffers offers, Resource it) {
    JsonNode body = it.body();
    JsonNode config = body.path("config");
    if (body.path("kind").asText().equals("mcp")) {
      return config.has("does") ? Optional.empty() : offers.tool(config, it.name());
    }
    ObjectNode tool = Json.object().put("name", it.name());
    tool.put("description", body.path("description").asText());
    tool.set("inputSchema", object(body.path("parameters")));
    ObjectNode hints = tool.putObject("annotations");
    String risk = body.path("risk").asText();
    hints.put("readOnlyHint", risk.equals("read"));
    hints.put("destructiveHint", risk.equals("destructive"));
    return Optional.of(tool);
  }

  private static ObjectNode agent(Resource it) {
    JsonNode body = it.body();
    String what = (body.path("role").asText() + ": " + body.path("goal").asText()).strip();
    ObjectNode tool = Json.object().put("name", AGENT + it.name());
    tool.put("description", "Asks the agent " + it.name() + ". " + what);
    ObjectNode schema = tool.putObject("inputSchema").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("message").put("type", "string");
    properties
        .putObject("session")
        .put("type", "string")
        .put("description", "Goes on with an earlier conversation of this name");
    schema.putArray("required").add("message");
    return tool;
  }

  private static ObjectNode workflow(Resource it) {
    JsonNode document = it.body().path("document");
    ObjectNode tool = Json.object().put("name", WORKFLOW + it.namespace() + "." + it.name());
    tool.put(
        "description",
        document
            .path("summary")
            .asText(document.path("title").asText("Runs the workflow " + it.name())));
    tool.set("inputSchema", object(it.body().at("/input/schema/document")));
    return tool;
  }

  private static JsonNode object(JsonNode schema) {
    return schema.path("type").asText().equals("object")
        ? schema
        : Json.object().put("type", "object");
  }

  private CompletionStage<List<Resource>> all(Call call, String kind) {
    return more(call, kind, Optional.empty(), new ArrayList<>(), 1);
  }

  private CompletionStage<List<Resource>> more(
      Call call, String kind, Optional<String> cursor, List<Resource> found, int page) {
    return rooms
        .catalog()
        .ask(
            CatalogReply.Page.class,
            to ->
                kind.equals("workflow")
                    ? new CatalogCommand.ListWorkflows(
                        call.tenant(), Optional.empty(), Optional.empty(), PAGE, cursor, to)
                    : new CatalogCommand.List(call.tenant(), kind, PAGE, cursor, to))
        .thenCompose(
            it -> {
              found.addAll(it.items());
              return it.nextCursor().isPresent() && page < PAGES
                  ? more(call, kind, it.nextCursor(), found, page + 1)
                  : CompletableFuture.completedStage(found);
            });
  }
}
