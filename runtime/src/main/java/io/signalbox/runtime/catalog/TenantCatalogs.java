package io.signalbox.runtime.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.Role;
import io.signalbox.protocol.access.RoleBook;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.freeze.Freeze;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.policy.TaintRule;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import io.signalbox.runtime.policy.CompiledPolicy;
import io.signalbox.runtime.policy.Policies;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.taint.TaintPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node knows of each tenant's catalog; read again when the tenant's version grows. */
final class TenantCatalogs {
  private static final Logger log = LoggerFactory.getLogger(TenantCatalogs.class);

  private final Database database;
  private final DefinitionReader reader;
  private final Map<String, ToolDefinition> builtins;
  private final PolicyShelf policyShelf = new PolicyShelf();
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** A tenant's catalog at one version; before it has been read, version -1. */
  record Known(Rulebook rulebook, List<Definition> scheduled) {
    Known {
      scheduled = List.copyOf(scheduled);
    }

    long version() {
      return rulebook.version();
    }
  }

  TenantCatalogs(Database database, DefinitionReader reader, List<ToolDefinition> builtins) {
    this.database = database;
    this.reader = reader;
    Map<String, ToolDefinition> tools = new HashMap<>();
    builtins.forEach(tool -> tools.put(tool.name(), tool));
    this.builtins = Map.copyOf(tools);
  }

  /** Never waits; a tenant not read yet has the built-in tools alone, and is read at next look. */
  Known current(String tenant) {
    return known.computeIfAbsent(
        tenant, _ -> new Known(new Rulebook(-1, builtins, Map.of()), List.of()));
  }

  CompletionStage<Known> load(String tenant) {
    Known current = current(tenant);
    return current.version() >= 0 ? CompletableFuture.completedStage(current) : read(tenant);
  }

  /** Reads the tenant's catalog now. */
  CompletionStage<Known> read(String tenant) {
    return database.call(c -> read(c, tenant)).thenApply(fresh -> keep(tenant, fresh));
  }

  /** Looks whether anything has changed elsewhere. */
  CompletionStage<Void> look() {
    if (known.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return database
        .call(c -> versions(c, List.copyOf(known.keySet())))
        .thenCompose(
            versions ->
                CompletableFuture.allOf(
                    known.entrySet().stream()
                        .filter(
                            it -> it.getValue().version() < versions.getOrDefault(it.getKey(), 0L))
                        .map(it -> read(it.getKey()).toCompletableFuture())
                        .toArray(CompletableFuture[]::new)));
  }

  private Known keep(String tenant, Known fresh) {
    return known.merge(tenant, fresh, (old, it) -> old.version() > it.version() ? old : it);
  }

  static Map<String, Long> versions(Connection c, List<String> tenants) throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement("select tenant, version from catalog_version where tenant = any (?)")) {
      statement.setArray(1, c.createArrayOf("text", tenants.toArray()));
      Map<String, Long> versions = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.put(rows.getString(1), rows.getLong(2));
        }
      }
      return versions;
    }
  }

  private Known read(Connection c, String tenant) throws SQLException {
    // the version first: what commits in between is then read once more, not missed
    long version = versions(c, List.of(tenant)).getOrDefault(tenant, 0L);
    Map<String, ToolDefinition> tools = new HashMap<>();
    Map<String, AgentDefinition> agents = new HashMap<>();
    List<Budget> budgets = new ArrayList<>();
    List<Freeze> freezes = new ArrayList<>();
    Map<String, Guardrail> guardrails = new HashMap<>();
    Map<String, StandingGrant> grants = new HashMap<>();
    List<Definition> scheduled = new ArrayList<>();
    Map<String, Role> roles = new HashMap<>();
    List<CompiledPolicy> policies = new ArrayList<>();
    List<TaintRule> taint = new ArrayList<>();
    List<Rows.Row> rows =
        Rows.all(
            c,
            "select distinct on (r.kind, r.namespace, r.name)"
                + Rows.COLUMNS
                + "from resource r where r.tenant = ? and r.deleted_at is null"
                + " and (r.kind <> 'workflow' or r.scheduled)"
                // a newer version that is not scheduled ends the schedule
                + " and not exists (select 1 from resource n where n.tenant = r.tenant"
                + " and n.kind = r.kind and n.namespace = r.namespace and n.name = r.name"
                + " and n.deleted_at is null and n.ordinal > r.ordinal)"
                + " order by r.kind, r.namespace, r.name, r.ordinal desc",
            tenant);
    for (Rows.Row row : rows) {
      Resource it = row.resource();
      switch (it.kind()) {
        case "tool" -> value(it, ToolDefinition.class).ifPresent(t -> tools.put(t.name(), t));
        case "agent" -> value(it, AgentDefinition.class).ifPresent(a -> agents.put(a.name(), a));
        case "budget" -> value(it, Budget.class).ifPresent(budgets::add);
        case "freeze" -> value(it, Freeze.class).ifPresent(freezes::add);
        case "role" -> value(it, Role.class).ifPresent(r -> roles.put(r.name(), r));
        case "policy" -> policies.add(policy(it));
        case "taint-rule" -> taint.add(taint(it));
        case "guardrail" -> value(it, Guardrail.class).ifPresent(g -> guardrails.put(g.name(), g));
        case "grant" -> value(it, StandingGrant.class).ifPresent(g -> grants.put(g.id(), g));
        case "channel" -> {} // read when somebody is told
        default -> definition(it).ifPresent(scheduled::add);
      }
    }
    tools.putAll(builtins);
    Authority authority = new Authority(new RoleBook(roles), new Policies(policies));
    return new Known(
        new Rulebook(
            version,
            tools,
            agents,
            grants,
            new TaintPolicy(taint),
            new Curbs(budgets, freezes),
            authority,
            guardrails),
        scheduled);
  }

  /** As with policies: to go on without it might let something through. */
  private static TaintRule taint(Resource resource) {
    return value(resource, TaintRule.class)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "taint rule '" + resource.name() + "' cannot be read; put or delete it"));
  }

  /** A policy that cannot be read holds its tenant back: to go on without it might allow. */
  private CompiledPolicy policy(Resource resource) {
    return value(resource, Policy.class)
        .flatMap(it -> policyShelf.compiled(resource.digest(), it))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "policy '" + resource.name() + "' cannot be read; put or delete it"));
  }

  private static <T> Optional<T> value(Resource resource, Class<T> type) {
    try {
      return Optional.of(Json.MAPPER.treeToValue(resource.body(), type));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      log.error("{} '{}' is left out, it cannot be read", resource.kind(), resource.name(), e);
      return Optional.empty();
    }
  }

  private Optional<Definition> definition(Resource resource) {
    return switch (reader.readAgain(resource.body())) {
      case Reading.Valid(Definition definition) -> Optional.of(definition);
      case Reading.Faulty faulty -> {
        log.error(
            "workflow {}/{} is not scheduled: {}",
            resource.namespace(),
            resource.name(),
            faulty.faults());
        yield Optional.empty();
      }
    };
  }
}
