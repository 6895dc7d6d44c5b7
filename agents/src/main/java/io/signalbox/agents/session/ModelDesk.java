package io.signalbox.agents.session;

import io.signalbox.agents.model.Model;
import io.signalbox.agents.model.ModelRequest;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionFact.MessageReceived;
import io.signalbox.protocol.quota.OnLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks models on virtual threads, for so long and no longer, and says how long to wait between. */
record ModelDesk(Model model, ModelAccounts accounts, SessionSettings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDesk.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /**
   * Completes in time, with an answer in every case but cancellation, which stops the thread.
   *
   * @param key under which the call is counted: no other has it
   */
  CompletableFuture<ModelAnswer> ask(String key, MessageReceived message, ModelRequest request) {
    CompletableFuture<ModelAnswer> said = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("model-", request.call())
            .start(() -> answer(key, message, request, said));
    var _ =
        said.orTimeout(settings.modelTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, _) -> thread.interrupt());
    return said;
  }

  private void answer(
      String key,
      MessageReceived message,
      ModelRequest request,
      CompletableFuture<ModelAnswer> said) {
    try {
      said.complete(accounts.within(key, message, request, () -> model.ask(request)));
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

  /** How long to wait where a budget or a freeze says that the call waits for its turn. */
  static Optional<Duration> held(ModelAnswer answer) {
    return answer instanceof ModelAnswer.Failed failed
            && failed.limited().filter(it -> it.onLimit() == OnLimit.WAIT).isPresent()
        ? failed.retryAfter().map(it -> it.compareTo(LOOK_AGAIN) < 0 ? it : LOOK_AGAIN)
        : Optional.empty();
  }

  boolean triesAgain(ModelAnswer answer, int tries) {
    return answer instanceof ModelAnswer.Failed failed
        && failed.limited().isEmpty()
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
