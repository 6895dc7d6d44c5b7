package io.signalbox.http;

import static io.signalbox.http.KeyRoutes.PRINCIPAL;
import static io.signalbox.http.KeyRoutes.PRINCIPAL_RULE;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.policy.PolicyReplay;
import io.signalbox.protocol.policy.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Policies: rules over tool calls, and what they would decide. */
final class PolicyRoutes {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Rooms rooms;
  private final InstantSource clock;
  private final Named policies;

  PolicyRoutes(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
    this.policies = new Named(rooms, "policy");
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/policies", policies::list).admin(),
        Endpoint.post("/v1/policies/simulate", this::simulate).admin(),
        Endpoint.post("/v1/policies/replay", this::replay).admin(),
        Endpoint.get("/v1/policies/{name}", policies::get).admin(),
        Endpoint.put("/v1/policies/{name}", this::put).admin(),
        Endpoint.delete("/v1/policies/{name}", policies::delete).admin());
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take("policy", call.path("name"));
    Fields fields = Fields.of(call.json());
    Named.header(fields, name);
    Policy policy = PolicyText.read(name, fields);
    fields.check();
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.PutPolicy(call.tenant(), policy, Json.tree(policy), to))
        .thenApply(policies::kept);
  }

  private CompletionStage<Answer> simulate(Call call) {
    Simulation simulation = simulation(Fields.of(call.json()));
    return rooms
        .access()
        .ask(
            AccessCommand.Reply.Told.class,
            to -> new AccessCommand.Simulate(call.tenant(), simulation, to))
        .thenApply(told -> Answer.ok(told.document()));
  }

  private CompletionStage<Answer> replay(Call call) {
    Fields fields = Fields.of(call.json());
    Instant to = fields.time("to").orElseGet(clock::instant);
    Instant from = fields.time("from").orElseGet(() -> to.minus(WEEK));
    if (!from.isBefore(to)) {
      fields.fault("from", "must be before to");
    }
    boolean given = fields.object("workflow").isPresent();
    Fields workflow = given ? fields.inside("workflow") : Fields.of(Json.object());
    PolicyReplay wanted =
        new PolicyReplay(
            candidates(fields),
            from,
            to,
            workflow.text("namespace"),
            workflow.text("name"),
            fields.integer("runs", 100, 1, 1000));
    fields.check();
    return rooms
        .access()
        .ask(
            AccessCommand.Reply.Told.class,
            PATIENCE,
            answer -> new AccessCommand.ReplayPolicies(call.tenant(), wanted, answer))
        .thenApply(told -> Answer.ok(told.document()));
  }

  private static List<Policy> candidates(Fields fields) {
    List<Policy> candidates = new ArrayList<>();
    for (Fields one : fields.each("policies")) {
      candidates.add(PolicyText.read(one.need("name"), one));
    }
    return candidates;
  }

  private static Simulation simulation(Fields fields) {
    String tool = fields.need("tool");
    var arguments = fields.object("arguments").orElseGet(Json::object);
    boolean whole = fields.any("principal").filter(it -> it.isObject()).isPresent();
    Fields who = whole ? fields.inside("principal") : fields;
    String field = whole ? "id" : "principal";
    String principal = who.need(field);
    who.matching(field, PRINCIPAL, PRINCIPAL_RULE);
    var roles = new HashSet<>(who.texts("roles"));
    Optional<String> behalf = who.matching("onBehalfOf", PRINCIPAL, PRINCIPAL_RULE);
    boolean given = fields.object("context").isPresent();
    Fields context = given ? fields.inside("context") : Fields.of(Json.object());
    Optional<String> agent = context.text("agent").or(() -> fields.text("agent"));
    String namespace = context.text("namespace").orElse("default");
    String workflow = context.text("workflow").orElse("simulation");
    var labels = context.textMap("labels");
    var at = context.time("time");
    List<Policy> candidates = candidates(fields);
    fields.check();
    return new Simulation(
        principal,
        roles,
        behalf,
        agent,
        tool,
        arguments,
        namespace,
        workflow,
        labels,
        at,
        candidates);
  }
}
