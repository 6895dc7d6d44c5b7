package io.signalbox.runtime.blob;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.runtime.storage.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** Large values in the database, those used last also in memory. */
public final class BlobStore implements Blobs {
  private final Database database;
  private final int limit;
  private final BlobCache cache;

  public BlobStore(Database database, BlobSettings settings) {
    this.database = database;
    this.limit = settings.limit();
    this.cache = new BlobCache(settings.cacheBytes());
  }

  @Override
  public int limit() {
    return limit;
  }

  @Override
  public CompletionStage<Done> keep(String tenant, Collection<Blob> blobs) {
    List<Blob> all = List.copyOf(blobs);
    return database
        .call(
            connection -> {
              BlobTable.keep(connection, tenant, all);
              return Done.getInstance();
            })
        .thenApply(
            done -> {
              all.forEach(blob -> cache.put(tenant, blob.claim(), blob.value()));
              return done;
            });
  }

  @Override
  public CompletionStage<Map<Claim, JsonNode>> fetch(String tenant, Set<Claim> claims) {
    Map<Claim, JsonNode> found = new HashMap<>();
    Set<Claim> missing = new HashSet<>();
    claims.forEach(
        claim ->
            cache
                .get(tenant, claim)
                .ifPresentOrElse(value -> found.put(claim, value), () -> missing.add(claim)));
    if (missing.isEmpty()) {
      return CompletableFuture.completedStage(found);
    }
    return database
        .call(connection -> BlobTable.fetch(connection, tenant, missing))
        .thenApply(
            values -> {
              values.forEach((claim, value) -> cache.put(tenant, claim, value));
              found.putAll(values);
              return found;
            });
  }
}
