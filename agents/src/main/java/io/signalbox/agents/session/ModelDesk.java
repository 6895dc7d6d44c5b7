package io.signalbox.agents.session;

import io.signalbox.agents.model.Model;
import io.signalbox.agents.model.ModelRequest;
import io.signalbox.protocol.agent.ModelAnswer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks models on virtual threads, for so long and no longer, and says how long to wait between. */
record ModelDesk(Model model, SessionSettings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDesk.class);

  /** Completes in time, with an answer in every case but cancellation, which stops the thread. */
  CompletableFuture<ModelAnswer> ask(ModelRequest request) {
    CompletableFuture<ModelAnswer> said = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual().name("model-", request.call()).start(() -> answer(request, said));
    var _ =
        said.orTimeout(settings.modelTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, _) -> thread.interrupt());
    return said;
  }

  private void answer(ModelRequest request, CompletableFuture<ModelAnswer> said) {
    try {
      said.complete(model.ask(request));
    } catch (CancellationException e) {
      said.cancel(false);
    } catch (RuntimeException | Error e) {
      LOG.error("asking {} went wrong", request.agent().model(), e);
      said.completeExceptionally(e);
    }
  }

  /** What a call that ended without an answer amounts to. */
  ModelAnswer.Failed failure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? new ModelAnswer.Failed(504, "no answer from the model within " + settings.modelTimeout())
        : new ModelAnswer.Failed(500, "asking the model went wrong: " + cause);
  }

  boolean triesAgain(ModelAnswer answer, int tries) {
    return answer instanceof ModelAnswer.Failed failed
        && failed.passing()
        && tries <= settings.retries()
        && failed.retryAfter().map(wait -> wait.compareTo(settings.retryMax()) <= 0).orElse(true);
  }

  /** Doubles with every try; the jitter keeps many sessions from coming back at once. */
  Duration pause(ModelAnswer answer, int tries) {
    Duration grown = settings.retryBase().multipliedBy(1L << Math.min(tries - 1, 10));
    Duration capped = grown.compareTo(settings.retryMax()) > 0 ? settings.retryMax() : grown;
    long jittered = (long) (capped.toMillis() * ThreadLocalRandom.current().nextDouble(0.5, 1.0));
    Duration asked =
        answer instanceof ModelAnswer.Failed failed
            ? failed.retryAfter().orElse(Duration.ZERO)
            : Duration.ZERO;
    return asked.plusMillis(Math.max(1, jittered));
  }
}
