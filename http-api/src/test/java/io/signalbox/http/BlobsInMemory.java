package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.blob.MissingBlob;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Large values in memory, by tenant and digest. */
public final class BlobsInMemory implements Blobs {
  private final Map<String, JsonNode> kept = new ConcurrentHashMap<>();

  @Override
  public int limit() {
    return 32 * 1024;
  }

  @Override
  public CompletionStage<?> keep(String tenant, Collection<Blob> blobs) {
    blobs.forEach(blob -> kept.put(tenant + "|" + blob.claim().digest(), blob.value()));
    return CompletableFuture.completedStage(blobs.size());
  }

  @Override
  public CompletionStage<Map<Claim, JsonNode>> fetch(String tenant, Set<Claim> claims) {
    Map<Claim, JsonNode> found = new HashMap<>();
    for (Claim claim : claims) {
      JsonNode value = kept.get(tenant + "|" + claim.digest());
      if (value == null) {
        return CompletableFuture.failedStage(new MissingBlob(claim));
      }
      found.put(claim, value);
    }
    return CompletableFuture.completedStage(found);
  }
}
