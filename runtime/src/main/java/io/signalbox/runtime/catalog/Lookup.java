package io.signalbox.runtime.catalog;

import io.signalbox.protocol.catalog.Resource;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.storage.Gather;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Workflows as they are at this moment. The database is asked each time, but only for the number of
 * the tenant's catalog, and for all that ask at once together; a workflow is read again when that
 * number has grown.
 */
final class Lookup {
  private static final Gather.Bounds BOUNDS = new Gather.Bounds(2, 500, 10_000);
  private static final int KEPT = 256;

  private final Database database;
  private final Gather<String, Long> versions;
  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  private record Key(String tenant, String namespace, String name, Optional<String> version) {}

  private record Known(long version, Optional<Resource> resource) {}

  Lookup(Database database) {
    this.database = database;
    this.versions =
        new Gather<>(
            database.pool()::getConnection,
            Gather.threads("catalog", BOUNDS.lanes()),
            BOUNDS,
            (c, tenants) -> {
              Map<String, Long> found = TenantCatalogs.versions(c, List.copyOf(tenants));
              return tenants.stream().map(t -> found.getOrDefault(t, 0L)).toList();
            });
  }

  /** That version of the workflow, or without one the newest. */
  CompletionStage<Optional<Resource>> workflow(
      String tenant, String namespace, String name, Optional<String> version) {
    Key key = new Key(tenant, namespace, name, version);
    return versions
        .ask(tenant)
        .thenCompose(
            number -> {
              Known there = known.get(key);
              return there != null && there.version() == number
                  ? CompletableFuture.completedStage(there.resource())
                  : read(key, number);
            });
  }

  /** What commits after the number was read is read once more at the next look, not missed. */
  private CompletionStage<Optional<Resource>> read(Key key, long number) {
    return database
        .call(
            c ->
                key.version().isPresent()
                    ? Shelf.version(
                        c, key.tenant(), key.namespace(), key.name(), key.version().get())
                    : Shelf.newest(c, key.tenant(), "workflow", key.namespace(), key.name()))
        .thenApply(
            found -> {
              if (known.size() >= KEPT) {
                known.clear();
              }
              if (found.isPresent()) {
                known.put(key, new Known(number, found));
              }
              return found;
            });
  }
}
