package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.Grant;
import io.signalbox.protocol.access.Role;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Roles: which permissions they give, in which namespaces, and whom they name as members. */
final class RoleRoutes {
  private final Rooms rooms;
  private final Named roles;

  RoleRoutes(Rooms rooms) {
    this.rooms = rooms;
    this.roles = new Named(rooms, "role");
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/roles", roles::list).admin(),
        Endpoint.get("/v1/roles/{name}", roles::get).admin(),
        Endpoint.put("/v1/roles/{name}", this::put).admin(),
        Endpoint.delete("/v1/roles/{name}", roles::delete).admin());
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take("role", call.path("name"));
    Role role = role(name, Fields.of(call.json()));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.Put(call.tenant(), "role", name, Json.tree(role), to))
        .thenApply(roles::kept);
  }

  private static Role role(String name, Fields fields) {
    Named.header(fields, name);
    if (name.equals(Role.ADMIN)) {
      fields.fault("name", "the role admin may do everything and cannot be changed");
    }
    String description = fields.text("description").orElse("");
    Set<Grant> grants = new HashSet<>();
    for (String list : List.of("permissions", "grants")) {
      if (fields.any(list).isPresent()) {
        grants.addAll(Grants.of(fields, list));
      }
    }
    if (fields.any("bindings").isPresent()) {
      bound(fields, grants);
    }
    List<String> members = fields.texts("members");
    if (members.stream().anyMatch(it -> !KeyRoutes.PRINCIPAL.matcher(it).matches())) {
      fields.fault("members", "each " + KeyRoutes.PRINCIPAL_RULE);
    }
    fields.check();
    return new Role(name, description, grants, members);
  }

  /** The other way to write it: a namespace and the permissions within it. */
  private static void bound(Fields fields, Set<Grant> grants) {
    for (JsonNode binding : fields.any("bindings").orElseGet(Json::object)) {
      String namespace = binding.path("namespace").asText("*");
      Fields inside = Fields.of(binding);
      Grants.of(inside, "permissions")
          .forEach(it -> grants.add(new Grant(namespace, it.permission())));
      inside.ignore("namespace");
      inside.check();
    }
  }
}
