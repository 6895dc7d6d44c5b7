package io.signalbox.http.wire;

import io.signalbox.protocol.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

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
    return AskPattern.<Q, A>ask(behind, question::apply, limit, scheduler)
        .thenApply(answer -> wanted.cast(admitted(answer)));
  }

  private A admitted(A answer) {
    Optional<Refusal> no = refusal.apply(answer);
    if (no.isPresent()) {
      throw Problems.of(no.get());
    }
    return answer;
  }
}
