package io.signalbox.protocol.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What is asked of the audit trail. Answers are JSON as it is shown; work is done off the actors. */
public interface Archive {
  /**
   * What is looked for; what is absent does not matter.
   *
   * @param unnamed also what no tenant can be named for, such as unknown credentials
   * @param action the whole action, or its beginning up to a dot
   * @param cursor where the page before ended
   */
  record Search(
      String tenant,
      boolean unnamed,
      Optional<String> actor,
      Optional<String> action,
      Optional<String> target,
      Optional<String> run,
      Optional<String> result,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> cursor,
      int limit) {}

  /** One page, newest first: {@code items} and {@code nextCursor}. */
  CompletionStage<JsonNode> search(Search search);

  /** All found, oldest first, as JSON Lines or CEF; blocks. */
  void export(Search search, boolean cef, OutputStream out) throws IOException;

  /** Checks the tenant's journal against its chains, the newest checkpoint and the search view. */
  CompletionStage<JsonNode> verify(String tenant);

  /** What happened in a period, in numbers. */
  CompletionStage<JsonNode> report(String tenant, Instant from, Instant to);

  /** The newest signed checkpoint. */
  CompletionStage<JsonNode> checkpoint();

  /**
   * The newest checkpoint with the heads it stands for, and all rows where wanted, as JSON Lines;
   * blocks.
   */
  void evidence(boolean rows, OutputStream out) throws IOException;

  /** The public keys, newest first. */
  CompletionStage<JsonNode> keys();

  /** A new key takes over; the one before it vouches for it. */
  CompletionStage<JsonNode> rotate();

  /** The tenant's legal holds. */
  CompletionStage<JsonNode> holds(String tenant);

  /**
   * Keeps runs from being deleted.
   *
   * @param namespace only of this one
   * @param run only this one
   */
  CompletionStage<JsonNode> hold(
      String tenant,
      String name,
      Optional<String> namespace,
      Optional<String> run,
      String reason,
      String by);

  /** Whether there was such a hold. */
  CompletionStage<Boolean> release(String tenant, String name);

  /** The name of a hold that keeps this run. */
  CompletionStage<Optional<String>> heldBy(String tenant, String run);
}
