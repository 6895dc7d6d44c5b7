package io.signalbox.protocol.blob;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where large values are kept, each once per tenant, so that only claims travel between nodes and
 * into the journal (decision 11). Whoever takes a value in keeps it before the claim goes on.
 */
public interface Blobs {
  /** Bytes of JSON that a value may have before it is kept here. */
  int limit();

  /** Completes once all are stored; harmless to repeat. */
  CompletionStage<?> keep(String tenant, Collection<Blob> blobs);

  /**
   * The values of these claims, which must not be changed; fails with {@link MissingBlob} where the
   * tenant has none.
   */
  CompletionStage<Map<Claim, JsonNode>> fetch(String tenant, Set<Claim> claims);

  /** Keeps what is large in a message, and gives the message with claims in its place. */
  default <T> CompletionStage<T> checkIn(String tenant, T message) {
    Checking.Checked<T> checked = Checking.in(message, limit(), Map.of());
    return checked.blobs().isEmpty()
        ? CompletableFuture.completedStage(checked.value())
        : keep(tenant, checked.blobs()).thenApply(_ -> checked.value());
  }

  /** Fetches what a message claims, and gives the message with the values in their place. */
  default <T> CompletionStage<T> checkOut(String tenant, T message) {
    Set<Claim> claims = Checking.claims(message);
    return claims.isEmpty()
        ? CompletableFuture.completedStage(message)
        : fetch(tenant, claims).thenApply(values -> Checking.out(message, values));
  }
}
