package io.signalbox.runtime.catalog;

import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import io.signalbox.runtime.storage.Database;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Workflow definitions by their digest, compiled once and kept on this node. */
public final class Definitions {
  private static final int KEPT = 1000;

  private final Database database;
  private final DefinitionReader reader;
  private final BuiltIn builtIn;
  private final TenantCatalogs catalogs;
  private final Map<Key, Definition> kept = new ConcurrentHashMap<>();

  private record Key(String tenant, String digest) {}

  Definitions(
      Database database, DefinitionReader reader, BuiltIn builtIn, TenantCatalogs catalogs) {
    this.database = database;
    this.reader = reader;
    this.builtIn = builtIn;
    this.catalogs = catalogs;
  }

  /**
   * The definition a run is pinned to, also when it has been deleted since. Fails with {@link
   * NoSuchElementException} when the tenant never had it.
   */
  public CompletionStage<Definition> byDigest(String tenant, String digest) {
    Optional<Definition> known =
        builtIn.byDigest(digest).or(() -> Optional.ofNullable(kept.get(new Key(tenant, digest))));
    return known
        .<CompletionStage<Definition>>map(CompletableFuture::completedStage)
        .orElseGet(
            () ->
                database
                    .call(c -> find(c, tenant, digest))
                    .thenApplyAsync(it -> compile(tenant, digest, it), database.threads()));
  }

  /** One version of a workflow and the digest of its definition. */
  public record Named(WorkflowRef ref, String digest) {}

  /**
   * The version of a workflow that a name means now.
   *
   * @param version {@code latest} for the newest that is deployed
   */
  public CompletionStage<Optional<Named>> named(
      String tenant, String namespace, String name, String version) {
    boolean newest = version.equals("latest");
    if (namespace.equals(BuiltIn.NAMESPACE)) {
      return CompletableFuture.completedStage(
          builtIn
              .named(name)
              .map(BuiltIn.Entry::resource)
              .filter(it -> newest || it.version().equals(version))
              .map(Definitions::named));
    }
    return database
        .call(
            c ->
                newest
                    ? Shelf.newest(c, tenant, "workflow", namespace, name)
                    : Shelf.version(c, tenant, namespace, name, version))
        .thenApply(found -> found.map(Definitions::named));
  }

  private static Named named(Resource it) {
    return new Named(new WorkflowRef(it.namespace(), it.name(), it.version()), it.digest());
  }

  /** The newest version of each workflow of the tenant that is scheduled on an event. */
  public CompletionStage<List<Definition>> scheduledOnEvents(String tenant) {
    return catalogs.load(tenant).thenApply(TenantCatalogs.Known::scheduled);
  }

  private static Optional<Resource> find(java.sql.Connection c, String tenant, String digest)
      throws java.sql.SQLException {
    return Rows.first(
        c,
        "select"
            + Rows.COLUMNS
            + "from resource r"
            + " where tenant = ? and kind = 'workflow' and digest = ? limit 1",
        tenant,
        digest);
  }

  private Definition compile(String tenant, String digest, Optional<Resource> found) {
    Resource resource =
        found.orElseThrow(
            () -> new NoSuchElementException("there is no definition with digest " + digest));
    return switch (reader.readAgain(resource.body())) {
      case Reading.Valid(Definition definition) -> {
        keep(new Key(tenant, digest), definition);
        yield definition;
      }
      case Reading.Faulty faulty ->
          throw new IllegalStateException(
              "definition %s can no longer be read: %s".formatted(digest, faulty.faults()));
    };
  }

  private void keep(Key key, Definition definition) {
    if (kept.size() >= KEPT) {
      // rather than keeping order on every use: those in use are soon there again
      kept.clear();
    }
    kept.put(key, definition);
  }
}
