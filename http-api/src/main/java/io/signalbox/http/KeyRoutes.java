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
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.AccessCommand.Reply;
import io.signalbox.protocol.access.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** API keys, for administrators; a secret is shown once and never kept here. */
final class KeyRoutes {
  static final String PRINCIPAL_RULE = "must be of the form user:ID, service:ID or agent:ID";
  private static final Duration OVERLAP = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  static final Pattern PRINCIPAL = Pattern.compile("(user|service|agent):[A-Za-z0-9._@-]{1,128}");

  private final Rooms rooms;

  KeyRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/keys", this::create).admin(),
        Endpoint.get("/v1/keys", this::list).admin(),
        Endpoint.post("/v1/keys/{id}/rotate", this::rotate).admin(),
        Endpoint.delete("/v1/keys/{id}", this::revoke).admin());
  }

  private CompletionStage<Answer> create(Call call) {
    Fields fields = Fields.of(call.json());
    String principal = fields.need("principal");
    fields.matching("principal", PRINCIPAL, PRINCIPAL_RULE);
    Set<String> roles = new TreeSet<>(fields.texts("roles"));
    if (!roles.stream().allMatch(role -> Names.FORM.matcher(role).matches())) {
      fields.fault("roles", "each " + Names.RULE);
    }
    Optional<Instant> expires = fields.time("expires");
    Optional<Set<Grant>> scopes =
        fields.any("scopes").isPresent()
            ? Optional.of(Grants.of(fields, "scopes"))
            : Optional.empty();
    fields.check();
    return rooms
        .access()
        .ask(
            Reply.Created.class,
            to -> new AccessCommand.CreateKey(call.tenant(), principal, roles, scopes, expires, to))
        .thenApply(KeyRoutes::created);
  }

  private CompletionStage<Answer> rotate(Call call) {
    String id = Names.seek("key", call.path("id"));
    Fields fields = Fields.of(call.jsonOrEmpty());
    Duration overlap = fields.duration("overlap").orElse(OVERLAP);
    if (overlap.isNegative() || overlap.compareTo(LONGEST) > 0) {
      fields.fault("overlap", "must be at least PT0S and at most " + LONGEST);
    }
    fields.check();
    return rooms
        .access()
        .ask(Reply.Created.class, to -> new AccessCommand.RotateKey(call.tenant(), id, overlap, to))
        .thenApply(KeyRoutes::created);
  }

  private static Answer created(Reply.Created created) {
    JsonNode key = Json.tree(created.key());
    ObjectNode shown = key.deepCopy();
    shown.put("secret", created.secret());
    return Answer.created("/v1/keys/" + created.key().id(), shown).keeping(key);
  }

  private CompletionStage<Answer> list(Call call) {
    return rooms
        .access()
        .ask(Reply.Keys.class, to -> new AccessCommand.ListKeys(call.tenant(), to))
        .thenApply(
            keys -> Pages.page(keys.items().stream().map(Json::tree).toList(), Optional.empty()));
  }

  private CompletionStage<Answer> revoke(Call call) {
    String id = Names.take("key", call.path("id"));
    return rooms
        .access()
        .ask(Reply.Done.class, to -> new AccessCommand.RevokeKey(call.tenant(), id, to))
        .thenApply(_ -> Answer.nothing());
  }
}
