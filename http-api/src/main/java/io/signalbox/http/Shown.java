package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Endpoint.Handler;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Checking;
import io.signalbox.protocol.blob.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows large values in answers: in full, up to so many bytes in one answer; beyond that, and where
 * a value cannot be had, as a link to it.
 */
record Shown(Blobs blobs, long most) {
  private static final Logger LOG = LoggerFactory.getLogger(Shown.class);

  /** The handler, its answers with values in place of claims. */
  Handler around(Handler handler) {
    return call ->
        handler
            .handle(call)
            .thenCompose(
                answer ->
                    answer instanceof Answer.Document document && call.principal().isPresent()
                        ? this.<Answer>of(call.tenant(), document)
                        : CompletableFuture.completedStage((Answer) answer));
  }

  /** The same with values, or links, in place of claims. */
  <T> CompletionStage<T> of(String tenant, T value) {
    Set<Claim> claims = Checking.claims(value);
    if (claims.isEmpty()) {
      return CompletableFuture.completedStage(value);
    }
    Map<Claim, JsonNode> shown = new HashMap<>();
    Set<Claim> wanted = new HashSet<>();
    long left = most;
    for (Claim claim : claims) {
      shown.put(claim, link(claim));
      if (claim.bytes() <= left) {
        left -= claim.bytes();
        wanted.add(claim);
      }
    }
    return blobs
        .fetch(tenant, wanted)
        .exceptionally(
            failure -> {
              LOG.warn("large values are shown as links: {}", failure.toString());
              return Map.of();
            })
        .thenApply(
            values -> {
              shown.putAll(values);
              return Checking.out(value, shown);
            });
  }

  private static JsonNode link(Claim claim) {
    return Json.object().put("$large", "/v1/blobs/" + claim.digest()).put("bytes", claim.bytes());
  }
}
