package io.signalbox.agents.hands.quota;

import io.signalbox.protocol.quota.Curbs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What holds a tenant's calls back, as this node knows it: at most about a second old. */
@FunctionalInterface
public interface CurbsDoor {
  /** Fails where it cannot be read. */
  CompletionStage<Curbs> of(String tenant);

  /** Nothing holds anybody back. */
  static CurbsDoor none() {
    return _ -> CompletableFuture.completedFuture(Curbs.NONE);
  }
}
