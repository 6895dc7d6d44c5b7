package io.signalbox.runtime.blob;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.blob.Claim;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values a node used last, up to so many bytes of JSON; safe for any thread. */
final class BlobCache {
  private final long most;
  private final Map<Key, JsonNode> values = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Key(String tenant, Claim claim) {}

  BlobCache(long most) {
    this.most = most;
  }

  synchronized Optional<JsonNode> get(String tenant, Claim claim) {
    return Optional.ofNullable(values.get(new Key(tenant, claim)));
  }

  synchronized void put(String tenant, Claim claim, JsonNode value) {
    if (claim.bytes() <= 0 // of a claim without a size nobody knows what it would weigh
        || claim.bytes() > most
        || values.put(new Key(tenant, claim), value) != null) {
      return;
    }
    bytes += claim.bytes();
    Iterator<Key> oldest = values.keySet().iterator();
    while (bytes > most && oldest.hasNext()) {
      bytes -= oldest.next().claim().bytes();
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
