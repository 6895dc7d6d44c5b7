package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.policy.TaintRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** What a tenant does about calls that content steers. */
final class TaintRuleRoutes {
  private static final String KIND = "taint-rule";
  private static final Pattern STEERED = Pattern.compile("ask|block|allow|ignore");
  private static final Pattern TWO = Pattern.compile("ask|block|allow");
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._*-]{1,128}");
  private static final Pattern APPROVER = Pattern.compile("(role|user):.{1,200}");

  private final Rooms rooms;
  private final Named rules;

  TaintRuleRoutes(Rooms rooms) {
    this.rooms = rooms;
    this.rules = new Named(rooms, KIND);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/taint-rules", rules::list).admin(),
        Endpoint.get("/v1/taint-rules/{name}", rules::get).admin(),
        Endpoint.put("/v1/taint-rules/{name}", this::put).admin(),
        Endpoint.delete("/v1/taint-rules/{name}", rules::delete).admin());
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take(KIND, call.path("name"));
    TaintRule rule = rule(name, Fields.of(call.json()));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.Put(call.tenant(), KIND, name, Json.tree(rule), to))
        .thenApply(rules::kept);
  }

  private static TaintRule rule(String name, Fields fields) {
    Named.header(fields, name);
    Optional<String> steered =
        fields.matching("onSteered", STEERED, "must be ask, block, allow or ignore");
    Optional<String> two = fields.matching("ruleOfTwo", TWO, "must be ask, block or allow");
    if (fields.any("onSteered").isEmpty() && fields.any("ruleOfTwo").isEmpty()) {
      fields.fault("onSteered", "say at least one of onSteered and ruleOfTwo");
    }
    TaintRule rule =
        new TaintRule(
            name,
            fields.text("description").orElse(""),
            patterns(fields, "namespaces"),
            patterns(fields, "agents"),
            patterns(fields, "tools"),
            steered,
            two,
            fields.texts("approvers"));
    if (rule.approvers().stream().anyMatch(it -> !APPROVER.matcher(it).matches())) {
      fields.fault("approvers", "each must be role:NAME or user:ID");
    }
    fields.check();
    return rule;
  }

  private static List<String> patterns(Fields fields, String name) {
    List<String> patterns = fields.texts(name);
    if (patterns.size() > 100 || patterns.stream().anyMatch(it -> !NAMES.matcher(it).matches())) {
      fields.fault(name, "must hold at most 100 names, in which * stands for any text");
    }
    return patterns;
  }
}
