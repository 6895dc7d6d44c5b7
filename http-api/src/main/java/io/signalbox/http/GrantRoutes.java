package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Standing grants: approvals given in advance, by administrators. */
final class GrantRoutes {
  private static final String KIND = "grant";

  private final Rooms rooms;
  private final Named grants;
  private final InstantSource clock;

  GrantRoutes(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.grants = new Named(rooms, KIND);
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/grants", grants::list),
        Endpoint.get("/v1/grants/{name}", grants::get),
        Endpoint.put("/v1/grants/{name}", this::put).admin(),
        Endpoint.delete("/v1/grants/{name}", grants::delete).admin());
  }

  private CompletionStage<Answer> put(Call call) {
    String id = Names.take(KIND, call.path("name"));
    Fields fields = Fields.of(call.json());
    Named.header(fields, id);
    fields.ignore("id", "grantedBy", "ownToo");
    String tool = fields.need("tool");
    Optional<String> agent =
        fields.matching("agent", Pattern.compile("[A-Za-z0-9._-]{1,128}"), Names.RULE);
    fields.need("until");
    Instant until = fields.time("until").orElse(Instant.MAX);
    if (!until.isAfter(clock.instant())) {
      fields.fault("until", "must be in the future");
    }
    if (fields.object("arguments").isEmpty()) {
      fields.fault(
          "arguments", "needs a JSON Schema for each argument; {} where the tool takes none");
    }
    Map<String, JsonNode> arguments = new LinkedHashMap<>();
    fields
        .object("arguments")
        .ifPresent(all -> all.properties().forEach(it -> arguments.put(it.getKey(), it.getValue())));
    Optional<String> reason = fields.text("reason");
    fields.check();
    StandingGrant grant =
        new StandingGrant(
            id, tool, agent, arguments, until, reason, call.by().id(), call.by().localAdmin());
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.Put(call.tenant(), KIND, id, Json.tree(grant), to))
        .thenApply(grants::kept);
  }
}
