package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every refusal and every failure into one problem; nothing inside leaks out. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration SOON = Duration.ofSeconds(2);

  private Problems() {}

  public static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotFound it -> Problem.notFound(it.detail());
      case Refusal.Conflict it when it.faults().isEmpty() -> Problem.conflict(it.detail());
      case Refusal.Conflict it ->
          Problem.conflict(it.detail()).with("errors", Json.tree(it.faults()));
      case Refusal.NotAllowed it ->
          Problem.of(403, "not-allowed", "Not permitted", it.detail())
              .with("rule", TextNode.valueOf(it.rule()));
      case Refusal.Invalid it -> Problem.invalid(it.detail(), it.faults());
      case Refusal.TooBusy it -> Problem.notReady(it.detail(), it.retryAfter());
    };
  }

  public static Problem of(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case Problem problem -> problem;
      case EntityStreamSizeException size -> Problem.tooLarge(size.limit());
      case EntityStreamException _ -> Problem.malformed("the body ended before it was complete");
      case IllegalUriException uri -> Problem.malformed("illegal request target: " + uri.info());
      case TimeoutException _ ->
          Problem.notReady("no answer in time; the request may or may not have acted", SOON);
      default -> {
        LOG.error("a request failed", failure);
        yield Problem.of(
            500, "internal", "Internal error", "the gateway failed; its log has the cause");
      }
    };
  }
}
