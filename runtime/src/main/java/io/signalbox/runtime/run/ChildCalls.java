package io.signalbox.runtime.run;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Parent;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.Usage;
import io.signalbox.runtime.catalog.Definitions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/** A run's talk with its child runs; what gets no answer is said again by the run's entity. */
final class ChildCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final RunId run;
  private final Definitions definitions;
  private final ActorContext<RunCommand> context;
  private final ClusterSharding sharding;

  ChildCalls(
      RunId run,
      Definitions definitions,
      ActorContext<RunCommand> context,
      ClusterSharding sharding) {
    this.run = run;
    this.definitions = definitions;
    this.context = context;
    this.sharding = sharding;
  }

  void find(Effect.FindChild e) {
    context.pipeToSelf(
        definitions.named(run.tenant(), e.namespace(), e.name(), e.version()),
        (found, failure) ->
            failure == null ? new Own.ChildFound(e.key(), found) : later(e.key(), e));
  }

  /** Begins the child; one that has begun before is asked how it is. */
  void start(Effect.StartChild e) {
    EntityRef<RunCommand> child = sharding.entityRefFor(RunCommand.KEY, e.child().text());
    CompletionStage<RunReply> told =
        child
            .<RunReply>ask(to -> new RunCommand.Start(e.order(), to), PATIENCE)
            .thenCompose(
                reply ->
                    reply instanceof RunReply.Refused(Refusal.Conflict _)
                        ? child.<RunReply>ask(RunCommand.Get::new, PATIENCE)
                        : CompletableFuture.completedStage(reply));
    context.pipeToSelf(
        told,
        (reply, failure) ->
            failure == null && reply instanceof RunReply.Is(RunView view)
                ? heard(e, view)
                : later(e.key(), e));
  }

  private RunCommand heard(Effect.StartChild e, RunView child) {
    Optional<Parent> wanted = e.order().parent();
    boolean ours =
        child.parent().map(Parent::key).equals(wanted.map(Parent::key))
            && child.parent().map(Parent::run).equals(Optional.of(run.id()));
    if (!ours) {
      return told(
          e,
          new Outcome.Failed(
              "runtime",
              409,
              "the id " + child.id() + " belongs to another run",
              Optional.empty()));
    }
    if (!wanted.map(Parent::awaited).orElse(false)) {
      return told(e, new Outcome.Succeeded(Json.object(), Usage.NONE));
    }
    return Children.outcome(child).map(o -> told(e, o)).orElseGet(Own.Noted::new);
  }

  private static RunCommand told(Effect.StartChild e, Outcome outcome) {
    return new RunCommand.Performed(e.key(), 1, outcome);
  }

  void cancel(Effect.CancelChild e) {
    context.ask(
        RunReply.class,
        sharding.entityRefFor(RunCommand.KEY, e.child().text()),
        PATIENCE,
        to ->
            new RunCommand.Control(
                RunCommand.Verb.CANCEL,
                "run:" + run.id(),
                Optional.of("the task that waited for this run was given up"),
                Optional.empty(),
                to),
        (reply, failure) ->
            switch (reply) {
              case RunReply.Is(RunView view) -> new Own.ChildGone(e.key(), view.status().text());
              case RunReply.Refused(Refusal.Conflict _) -> new Own.ChildGone(e.key(), "ended");
              case RunReply.Refused(Refusal.NotFound _) -> new Own.ChildGone(e.key(), "unknown");
              case null, default -> later(e.key(), e);
            });
  }

  private static RunCommand later(String key, Effect effect) {
    return new Own.AgainLater(key, effect, PAUSE);
  }
}
