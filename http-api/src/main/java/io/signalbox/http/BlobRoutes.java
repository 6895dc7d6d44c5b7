package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.blob.MissingBlob;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Single large values, for answers that only link to them. */
record BlobRoutes(Blobs blobs) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/blobs/{digest}", this::get));
  }

  private CompletionStage<Answer> get(Call call) {
    String digest = call.path("digest");
    if (!DIGEST.matcher(digest).matches()) {
      throw Problem.notFound("there is no value with digest " + digest);
    }
    Claim claim = new Claim(digest, 0);
    return blobs
        .fetch(call.tenant(), Set.of(claim))
        .<Answer>thenApply(values -> Answer.ok(values.getOrDefault(claim, claim.node())))
        .exceptionally(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              throw cause instanceof MissingBlob
                  ? Problem.notFound("there is no value with digest " + digest)
                  : new CompletionException(cause);
            });
  }
}
