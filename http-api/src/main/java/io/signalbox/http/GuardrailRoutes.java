package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.guard.Action;
import io.signalbox.protocol.guard.Guardrail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Guardrails: what is looked for in content on its way, and what is done about it. */
final class GuardrailRoutes {
  private static final List<String> ON_ERROR = List.of("block", "ask", "flag", "allow");

  private final Rooms rooms;
  private final Named guardrails;

  GuardrailRoutes(Rooms rooms) {
    this.rooms = rooms;
    this.guardrails = new Named(rooms, "guardrail");
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/guardrails", guardrails::list),
        Endpoint.get("/v1/guardrails/{name}", guardrails::get),
        Endpoint.put("/v1/guardrails/{name}", this::put).admin(),
        Endpoint.delete("/v1/guardrails/{name}", guardrails::delete).admin());
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take("guardrail", call.path("name"));
    Guardrail guardrail = guardrail(name, Fields.of(call.json()));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to ->
                new CatalogCommand.PutGuardrail(call.tenant(), guardrail, Json.tree(guardrail), to))
        .thenApply(guardrails::kept);
  }

  private static Guardrail guardrail(String name, Fields fields) {
    Named.header(fields, name);
    List<String> namespaces = fields.texts("namespaces");
    List<String> agents = fields.texts("agents");
    List<String> tools = fields.texts("tools");
    JsonNode checks = fields.any("checks").orElseGet(Json.MAPPER::createArrayNode);
    Optional<Guardrail.Reveal> reveal =
        fields.object("reveal").map(_ -> reveal(fields.inside("reveal")));
    List<String> approvers = fields.texts("approvers");
    String onError = fields.choice("onError", ON_ERROR);
    var read = GuardrailChecks.read(checks, fields);
    if (approvers.isEmpty()
        && (onError.equals("ask") || read.stream().anyMatch(it -> it.action() == Action.ASK))) {
      fields.fault("approvers", "must name who is asked, such as role:reviewer");
    }
    fields.check();
    return new Guardrail(
        name,
        namespaces,
        agents,
        tools,
        read,
        reveal,
        approvers,
        Action.valueOf(onError.toUpperCase(Locale.ROOT)));
  }

  private static Guardrail.Reveal reveal(Fields fields) {
    return new Guardrail.Reveal(fields.texts("tools"), fields.texts("kinds"));
  }
}
