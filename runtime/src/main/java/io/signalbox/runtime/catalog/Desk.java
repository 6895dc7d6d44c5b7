package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Found;
import io.signalbox.protocol.catalog.CatalogReply.Kept;
import io.signalbox.protocol.catalog.CatalogReply.Page;
import io.signalbox.protocol.catalog.CatalogReply.Refused;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import io.signalbox.runtime.policy.CompiledPolicy;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.storage.Database.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers each question to the catalog, off the actor. */
record Desk(
    Database database,
    DefinitionReader reader,
    BuiltIn builtIn,
    TenantCatalogs catalogs,
    Lookup lookup,
    Pages pages,
    Set<String> builtinTools) {
  private static final String WRITE = "workflow:write";

  Desk {
    builtinTools = Set.copyOf(builtinTools);
  }

  CompletionStage<CatalogReply> answer(CatalogCommand command) {
    return switch (command) {
      case CatalogCommand.DeployWorkflow it -> deploy(it);
      case CatalogCommand.GetWorkflow it -> get(it);
      case CatalogCommand.ListWorkflows it -> list(it);
      case CatalogCommand.DeleteWorkflow it ->
          it.namespace().equals(BuiltIn.NAMESPACE)
              ? done(new Refused(new Refusal.Conflict("built-in workflows stay")))
              : change(
                  it.tenant(),
                  c ->
                      Shelf.deleteWorkflow(
                          c, it.tenant(), it.namespace(), it.name(), it.version()));
      case CatalogCommand.PutAgent it ->
          checked(
              "agent",
              Wanted.faults(it.agent()),
              it.tenant(),
              c -> Shelf.put(c, it.tenant(), "agent", it.agent().name(), it.body()));
      case CatalogCommand.PutTool it ->
          checked(
              "tool",
              Wanted.faults(it.tool(), builtinTools),
              it.tenant(),
              c -> Shelf.put(c, it.tenant(), "tool", it.tool().name(), it.body()));
      case CatalogCommand.PutMcpServer it ->
          checked(
              "server",
              McpWanted.faults(it.server()),
              it.tenant(),
              c -> McpShelf.put(c, it.tenant(), it.server()));
      case CatalogCommand.McpSeen it -> change(it.tenant(), c -> McpShelf.seen(c, it));
      case CatalogCommand.McpAccept it ->
          change(it.tenant(), c -> McpShelf.accept(c, it.tenant(), it.server(), it.items()));
      case CatalogCommand.McpDelete it ->
          change(it.tenant(), c -> McpShelf.delete(c, it.tenant(), it.server()));
      case CatalogCommand.McpStandings it ->
          database.call(c -> McpShelf.standings(c, it.tenant(), it.server()));
      case CatalogCommand.PutPolicy it ->
          checked(
              "policy",
              CompiledPolicy.compile(it.policy()).faults(),
              it.tenant(),
              c -> Shelf.put(c, it.tenant(), "policy", it.policy().name(), it.body()));
      case CatalogCommand.PutGuardrail it ->
          checked(
              "guardrail",
              WantedGuardrail.faults(it.guardrail()),
              it.tenant(),
              c -> Shelf.put(c, it.tenant(), "guardrail", it.guardrail().name(), it.body()));
      case CatalogCommand.Put it ->
          change(it.tenant(), c -> Shelf.put(c, it.tenant(), it.kind(), it.name(), it.body()));
      case CatalogCommand.Get it -> get(it);
      case CatalogCommand.List it ->
          database.call(c -> pages.named(c, it.tenant(), it.kind(), it.limit(), it.cursor()));
      case CatalogCommand.Delete it ->
          it.kind().equals("tool") && builtinTools.contains(it.name())
              ? done(new Refused(new Refusal.Conflict("built-in tools stay")))
              : change(it.tenant(), c -> Shelf.delete(c, it.tenant(), it.kind(), it.name()));
    };
  }

  private CompletionStage<CatalogReply> deploy(CatalogCommand.DeployWorkflow it) {
    return CompletableFuture.supplyAsync(() -> reader.read(it.text()), database.threads())
        .thenCompose(
            reading ->
                switch (reading) {
                  case Reading.Faulty(List<Fault> faults) ->
                      done(invalid("the definition has " + count(faults), faults));
                  case Reading.Valid(Definition definition) ->
                      definition.ref().namespace().equals(BuiltIn.NAMESPACE)
                          ? done(reserved())
                          : !it.rights().within(definition.ref().namespace(), WRITE)
                              ? done(elsewhere(definition.ref().namespace()))
                              : change(
                                  it.tenant(),
                                  c -> Shelf.deploy(c, it.tenant(), definition, it.text()));
                });
  }

  private CompletionStage<CatalogReply> get(CatalogCommand.GetWorkflow it) {
    String asked = it.namespace() + "/" + it.name() + it.version().map(v -> " " + v).orElse("");
    if (it.namespace().equals(BuiltIn.NAMESPACE)) {
      return done(
          found(
              builtIn
                  .named(it.name())
                  .map(BuiltIn.Entry::resource)
                  .filter(r -> it.version().map(r.version()::equals).orElse(true)),
              "there is no workflow " + asked));
    }
    return lookup
        .workflow(it.tenant(), it.namespace(), it.name(), it.version())
        .thenApply(resource -> found(resource, "there is no workflow " + asked));
  }

  private CompletionStage<CatalogReply> get(CatalogCommand.Get it) {
    Optional<Resource> builtin =
        it.kind().equals("tool") ? pages.builtinTool(it.name()) : Optional.empty();
    String missing = "there is no " + it.kind() + " '" + it.name() + "'";
    return builtin.isPresent()
        ? done(found(builtin, missing))
        : database.call(
            c -> found(Shelf.newest(c, it.tenant(), it.kind(), "", it.name()), missing));
  }

  private CompletionStage<CatalogReply> list(CatalogCommand.ListWorkflows it) {
    if (it.namespace().filter(BuiltIn.NAMESPACE::equals).isPresent()) {
      List<Resource> all =
          builtIn.entries().stream()
              .map(BuiltIn.Entry::resource)
              .filter(r -> it.name().map(r.name()::equals).orElse(true))
              .toList();
      return done(new Page(all, Optional.empty()));
    }
    return database.call(
        c -> pages.workflows(c, it.tenant(), it.namespace(), it.name(), it.limit(), it.cursor()));
  }

  private CompletionStage<CatalogReply> checked(
      String what, List<Fault> faults, String tenant, Work<CatalogReply> work) {
    return faults.isEmpty()
        ? change(tenant, work)
        : done(invalid("the " + what + " has " + count(faults), faults));
  }

  /** Changes the catalog, and has this node know it before the answer is out. */
  private CompletionStage<CatalogReply> change(String tenant, Work<CatalogReply> work) {
    return database
        .call(work)
        .thenCompose(
            reply ->
                reply instanceof Refused || (reply instanceof Kept kept && !kept.created())
                    ? done(reply)
                    // if this fails the change stands all the same; the next look finds it
                    : catalogs.read(tenant).handle((_, _) -> reply));
  }

  private static CatalogReply found(Optional<Resource> resource, String missing) {
    return resource.<CatalogReply>map(Found::new).orElseGet(() -> Shelf.missing(missing));
  }

  private static CatalogReply invalid(String detail, List<Fault> faults) {
    return new Refused(new Refusal.Invalid(detail, faults));
  }

  private static CatalogReply elsewhere(String namespace) {
    return new Refused(
        new Refusal.NotAllowed(
            "this needs the permission " + WRITE + " in the namespace " + namespace,
            "permission:" + WRITE));
  }

  private static CatalogReply reserved() {
    return invalid(
        "the namespace is reserved",
        List.of(
            new Fault(
                "/document/namespace",
                "'" + BuiltIn.NAMESPACE + "' is for built-in workflows; choose another")));
  }

  private static String count(List<Fault> faults) {
    return faults.size() == 1 ? "one fault" : faults.size() + " faults";
  }

  private static CompletionStage<CatalogReply> done(CatalogReply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
