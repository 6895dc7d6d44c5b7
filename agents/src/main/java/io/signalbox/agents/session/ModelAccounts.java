package io.signalbox.agents.session;

import io.signalbox.agents.hands.quota.Accounts;
import io.signalbox.agents.hands.quota.CurbsDoor;
import io.signalbox.agents.model.ModelRequest;
import io.signalbox.agents.model.Prices;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionFact.MessageReceived;
import io.signalbox.protocol.freeze.Freeze;
import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Bill;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.quota.Limited;
import io.signalbox.protocol.quota.OnLimit;
import io.signalbox.protocol.quota.QuotaCommand.End;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks a model only when no freeze forbids it and its budgets have room for the most it may draw;
 * what it really drew is told afterwards. Called on a virtual thread: it may wait.
 *
 * @param longest that one call may take
 */
public record ModelAccounts(
    CurbsDoor curbs,
    Accounts accounts,
    Prices prices,
    EstimateSettings estimate,
    Duration longest,
    InstantSource clock) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Duration READING = Duration.ofSeconds(10);

  /** The answer, or why the model was not asked. */
  ModelAnswer within(
      String key, MessageReceived message, ModelRequest request, Supplier<ModelAnswer> model) {
    String tenant = message.run().tenant();
    Curbs held;
    try {
      held = curbs.of(tenant).toCompletableFuture().get(READING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the model call was given up");
    } catch (ExecutionException | TimeoutException e) {
      return new ModelAnswer.Failed(
          503, "the model was not asked: the tenant's budgets cannot be read: " + e.getMessage());
    }
    Optional<Freeze> freeze = freeze(held, message);
    if (freeze.isPresent()) {
      return frozen(freeze.get());
    }
    Map<String, String> path = path(message, request);
    if (!held.counts(path)) {
      return model.get();
    }
    Amounts most = most(request);
    Bill bill = new Bill(tenant, key, path, most);
    Optional<Outcome.Failed> no = accounts.reserve(bill, clock.instant().plus(longest));
    if (no.isPresent()) {
      Outcome.Failed why = no.get();
      return new ModelAnswer.Failed(why.status(), why.detail(), why.retryAfter(), why.limited());
    }
    return settled(bill, model);
  }

  private ModelAnswer settled(Bill bill, Supplier<ModelAnswer> model) {
    long began = clock.millis();
    // until it has answered nobody knows: so it is also where the asking is given up
    End end = End.UNKNOWN;
    Optional<Amounts> drawn = Optional.empty();
    try {
      ModelAnswer answer = model.get();
      end = end(answer);
      drawn = Optional.of(drawn(bill.most(), answer, clock.millis() - began));
      return answer;
    } finally {
      accounts.settle(bill, end, drawn);
    }
  }

  private static ModelAnswer frozen(Freeze it) {
    return new ModelAnswer.Failed(
        503,
        it.scope() + " is frozen: " + it.reason(),
        Optional.of(LOOK_AGAIN),
        Optional.of(new Limited(it.rule(), OnLimit.WAIT)));
  }

  private static Optional<Freeze> freeze(Curbs curbs, MessageReceived message) {
    return curbs
        .freeze(Freeze.AGENT, message.agent().name())
        .or(
            () ->
                message.origin().stream()
                    .flatMap(it -> it.namespaces().stream())
                    .flatMap(it -> curbs.freeze(Freeze.NAMESPACE, it).stream())
                    .findFirst());
  }

  private static Map<String, String> path(MessageReceived message, ModelRequest request) {
    Map<String, String> path = new HashMap<>();
    path.put(Budget.RUN, message.run().id());
    path.put(Budget.AGENT, message.agent().name());
    path.put(Budget.MODEL, request.agent().model());
    message
        .origin()
        .ifPresent(
            it -> {
              path.put(Budget.KEY, it.startedBy());
              it.namespaces().stream().findFirst().ifPresent(n -> path.put(Budget.NAMESPACE, n));
            });
    return path;
  }

  private Amounts most(ModelRequest request) {
    String model = request.agent().model();
    if (model.startsWith("scripted/")) {
      return new Amounts(1, 0, 0, longest.toMillis());
    }
    var usage = estimate.of(request);
    return new Amounts(
        1,
        usage.inputTokens() + usage.outputTokens(),
        prices.of(model).of(usage).costMicros(),
        longest.toMillis());
  }

  /** A provider that does not say what it drew has drawn all that was reserved. */
  private static Amounts drawn(Amounts most, ModelAnswer answer, long took) {
    var usage = Exchange.usage(answer);
    long tokens = usage.inputTokens() + usage.outputTokens();
    return tokens == 0
        ? new Amounts(1, most.tokens(), most.costMicros(), took)
        : new Amounts(1, tokens, usage.costMicros(), took);
  }

  /** A provider that refused has drawn nothing; of one that broke off, nobody knows. */
  private static End end(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Text _, ModelAnswer.ToolCalls _ -> End.DONE;
      case ModelAnswer.Failed it ->
          switch (it.status()) {
            case 408, 500, 502, 504 -> End.UNKNOWN;
            default -> End.FAILED;
          };
    };
  }
}
