package io.signalbox.http.wire;

import io.signalbox.protocol.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.scaladsl.AskPattern;
import org.apache.pekko.util.Timeout;
import scala.concurrent.ExecutionContext;
import scala.util.Try;

/**
 * A way to ask another room: its refusals become problems, and no answer in time becomes a 503.
 *
 * @param <Q> what it can be asked
 * @param <A> what it answers
 */
public final class Door<Q, A> {
  private final RecipientRef<Q> behind;
  private final Function<A, Optional<Refusal>> refusal;
  private final Duration patience;
  private final Scheduler scheduler;

  public Door(
      RecipientRef<Q> behind,
      Function<A, Optional<Refusal>> refusal,
      Duration patience,
      Scheduler scheduler) {
    this.behind = behind;
    this.refusal = refusal;
    this.patience = patience;
    this.scheduler = scheduler;
  }

  /** The answer, which has to be of the wanted kind. */
  public <T extends A> CompletionStage<T> ask(Class<T> wanted, Function<ActorRef<A>, Q> question) {
    return ask(wanted, patience, question);
  }

  public <T extends A> CompletionStage<T> ask(
      Class<T> wanted, Duration limit, Function<ActorRef<A>, Q> question) {
    CompletableFuture<T> told = new CompletableFuture<>();
    // the Java form of this hands every answer to a pool of its own before anybody sees it
    new AskPattern.Askable<>(behind)
        .<A>ask(question::apply, Timeout.create(limit), scheduler)
        .onComplete(answer -> tell(wanted, answer, told), ExecutionContext.parasitic$.MODULE$);
    return told;
  }

  private <T extends A> boolean tell(Class<T> wanted, Try<A> answer, CompletableFuture<T> told) {
    try {
      return told.complete(wanted.cast(admitted(answer.get())));
    } catch (Throwable failure) {
      return told.completeExceptionally(failure);
    }
  }

  private A admitted(A answer) {
    Optional<Refusal> no = refusal.apply(answer);
    if (no.isPresent()) {
      throw Problems.of(no.get());
    }
    return answer;
  }
}
