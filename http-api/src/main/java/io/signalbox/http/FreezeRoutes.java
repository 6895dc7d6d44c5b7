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
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.freeze.Freeze;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The kill switch: freeze, look, thaw. */
final class FreezeRoutes {
  private static final String KIND = "freeze";
  private static final List<String> NAMED = List.of(Freeze.AGENT, Freeze.TOOL, Freeze.NAMESPACE);

  private final Rooms rooms;
  private final Named freezes;
  private final InstantSource clock;

  FreezeRoutes(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.freezes = new Named(rooms, KIND);
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/freezes", this::freeze).admin(),
        Endpoint.get("/v1/freezes", this::list).admin(),
        Endpoint.get("/v1/freezes/{id}", this::get).admin(),
        Endpoint.delete("/v1/freezes/{id}", this::thaw).admin());
  }

  private CompletionStage<Answer> freeze(Call call) {
    Fields fields = Fields.of(call.json());
    String[] scope = scope(fields);
    String reason = fields.need("reason");
    if (reason.length() > 1000) {
      fields.fault("reason", "must have at most 1000 characters");
    }
    fields.check();
    // the same request again names the same freeze
    String id = call.seed().map(RunIds::derived).orElseGet(() -> RunIds.fresh(clock.millis()));
    Freeze freeze = new Freeze(id, scope[0], scope[1], reason, call.by().id(), clock.instant());
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.Put(call.tenant(), KIND, id, Json.tree(freeze), to))
        .thenApply(kept -> Answer.created("/v1/freezes/" + id, shown(kept.resource())));
  }

  /** {@code agent:NAME} or {@code {"agent": "NAME"}}; {@code everything}. */
  private static String[] scope(Fields fields) {
    Optional<JsonNode> given = fields.any("scope");
    if (given.filter(JsonNode::isTextual).isPresent()) {
      String text = given.get().textValue();
      int colon = text.indexOf(':');
      return colon < 0 ? everything(fields, text) : named(fields, text, colon);
    }
    if (given.filter(it -> it.isObject() && it.size() == 1).isPresent()) {
      var only = given.get().properties().iterator().next();
      return only.getValue().isBoolean()
          ? everything(fields, only.getKey())
          : checked(fields, only.getKey(), only.getValue().asText());
    }
    return wrong(fields);
  }

  private static String[] named(Fields fields, String text, int colon) {
    return checked(fields, text.substring(0, colon), text.substring(colon + 1));
  }

  private static String[] everything(Fields fields, String text) {
    return text.equals(Freeze.EVERYTHING) || text.equals("all") || text.equals("*")
        ? new String[] {Freeze.EVERYTHING, ""}
        : wrong(fields);
  }

  private static String[] checked(Fields fields, String what, String name) {
    return NAMED.contains(what) && Names.FORM.matcher(name).matches()
        ? new String[] {what, name}
        : wrong(fields);
  }

  private static String[] wrong(Fields fields) {
    fields.fault("scope", "must be agent:NAME, tool:NAME, namespace:NAME or everything");
    return new String[] {"", ""};
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    return rooms
        .catalog()
        .ask(
            CatalogReply.Page.class,
            to -> new CatalogCommand.List(call.tenant(), KIND, limit, Pages.cursor(call), to))
        .thenApply(
            page ->
                Pages.page(
                    page.items().stream().map(FreezeRoutes::shown).toList(), page.nextCursor()));
  }

  private CompletionStage<Answer> get(Call call) {
    return freezes
        .find(call, Names.seek(KIND, call.path("id")))
        .thenApply(it -> Answer.ok(shown(it)));
  }

  private CompletionStage<Answer> thaw(Call call) {
    String id = Names.take(KIND, call.path("id"));
    return rooms
        .catalog()
        .ask(CatalogReply.Gone.class, to -> new CatalogCommand.Delete(call.tenant(), KIND, id, to))
        .thenApply(_ -> Answer.nothing());
  }

  private static ObjectNode shown(Resource resource) {
    Freeze it = Json.MAPPER.convertValue(resource.body(), Freeze.class);
    return Json.object()
        .put("id", it.id())
        .put("scope", it.scope())
        .put("reason", it.reason())
        .put("by", it.by())
        .put("at", it.at().toString());
  }
}
