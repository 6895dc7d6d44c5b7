package io.signalbox.agents.hands.web;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;
import org.jspecify.annotations.Nullable;

/** Collects a response up to a size; beyond it hangs up and gives nothing. */
final class BoundedBody implements BodySubscriber<Optional<ByteString>> {
  private final CompletableFuture<Optional<ByteString>> whole = new CompletableFuture<>();
  private final ByteStringBuilder collected = new ByteStringBuilder();
  private final long limit;
  private Flow.@Nullable Subscription source;

  BoundedBody(long limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Optional<ByteString>> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      if (collected.length() + (long) buffer.remaining() > limit) {
        whole.complete(Optional.empty());
        hangUp();
        return;
      }
      collected.append(ByteString.fromByteBuffer(buffer));
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(Optional.of(collected.result()));
  }

  private void hangUp() {
    if (source != null) {
      source.cancel();
    }
  }
}
