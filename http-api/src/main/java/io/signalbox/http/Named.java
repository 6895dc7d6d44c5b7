package io.signalbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Pages;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.Resource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What agents and tools have in common: they are kept by name, and found, listed and deleted. */
final class Named {
  private final Rooms rooms;
  private final String kind;

  Named(Rooms rooms, String kind) {
    this.rooms = rooms;
    this.kind = kind;
  }

  /** Fields that an answer has and a definition does not need: they may be sent back. */
  static void header(Fields fields, String name) {
    fields.ignore("version", "digest", "createdAt");
    if (!fields.text("name").orElse(name).equals(name)) {
      fields.fault("name", "must be the name in the path, " + name);
    }
  }

  CompletionStage<Resource> find(Call call, String name) {
    return rooms
        .catalog()
        .ask(CatalogReply.Found.class, to -> new CatalogCommand.Get(call.tenant(), kind, name, to))
        .thenApply(CatalogReply.Found::resource);
  }

  CompletionStage<Answer> get(Call call) {
    return find(call, Names.seek(kind, call.path("name")))
        .thenApply(resource -> Answer.ok(whole(resource)));
  }

  CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    return rooms
        .catalog()
        .ask(
            CatalogReply.Page.class,
            to -> new CatalogCommand.List(call.tenant(), kind, limit, Pages.cursor(call), to))
        .thenApply(
            page -> {
              List<ObjectNode> items = page.items().stream().map(Named::whole).toList();
              return Pages.page(items, page.nextCursor());
            });
  }

  CompletionStage<Answer> delete(Call call) {
    String name = Names.take(kind, call.path("name"));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Gone.class, to -> new CatalogCommand.Delete(call.tenant(), kind, name, to))
        .thenApply(_ -> Answer.nothing());
  }

  Answer kept(CatalogReply.Kept kept) {
    ObjectNode body = whole(kept.resource());
    return kept.created()
        ? Answer.created(
            "/v1/"
                + (kind.equals("policy") ? "policies" : kind + "s")
                + "/"
                + kept.resource().name(),
            body)
        : Answer.ok(body);
  }

  /** The definition, and which version of it this is. */
  static ObjectNode whole(Resource it) {
    ObjectNode whole = Json.object().put("name", it.name());
    if (it.body() instanceof ObjectNode definition) {
      whole.setAll(definition);
    }
    whole.put("version", it.version()).put("digest", it.digest());
    return whole.put("createdAt", it.createdAt().toString());
  }
}
