package io.signalbox.http;

import io.signalbox.http.wire.Door;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.journal.FreshIds;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.StartRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Asks the entities of runs, wherever in the cluster they live. */
final class Runs {
  private final ActorSystem<?> system;
  private final Blobs blobs;
  private final Duration patience;

  Runs(ActorSystem<?> system, Blobs blobs, Duration patience) {
    this.system = system;
    this.blobs = blobs;
    this.patience = patience;
  }

  /** The run that gets this id, which was made up just now: nothing is stored of it yet. */
  RunId fresh(String tenant, String id) {
    RunId run = new RunId(tenant, id);
    FreshIds.of(Adapter.toClassic(system)).add(RunCommand.KEY.name() + "|" + run.text());
    return run;
  }

  /** A command that is answered with the run. */
  CompletionStage<RunView> ask(RunId run, Function<ActorRef<RunReply>, RunCommand> command) {
    return door(run).ask(RunReply.Is.class, command).thenApply(RunReply.Is::run);
  }

  /** A command that is answered with nothing but that it is done. */
  CompletionStage<RunReply.Done> done(RunId run, Function<ActorRef<RunReply>, RunCommand> command) {
    return door(run).ask(RunReply.Done.class, command);
  }

  /** The same with something that may be too large to travel: that is kept first. */
  <T> CompletionStage<RunView> ask(
      RunId run, T large, BiFunction<T, ActorRef<RunReply>, RunCommand> command) {
    return blobs
        .checkIn(run.tenant(), large)
        .thenCompose(light -> ask(run, to -> command.apply(light, to)));
  }

  /** The run with all its values, however large. */
  CompletionStage<RunView> whole(RunId run, RunView view) {
    return blobs.checkOut(run.tenant(), view);
  }

  /** A command that is answered with one of the run's approvals. */
  CompletionStage<ApprovalView> approval(
      RunId run, Function<ActorRef<RunReply>, RunCommand> command) {
    return door(run)
        .ask(RunReply.IsApproval.class, command)
        .thenApply(RunReply.IsApproval::approval);
  }

  /** The same with something that may be too large to travel: that is kept first. */
  <T> CompletionStage<ApprovalView> approval(
      RunId run, T large, BiFunction<T, ActorRef<RunReply>, RunCommand> command) {
    return blobs
        .checkIn(run.tenant(), large)
        .thenCompose(light -> approval(run, to -> command.apply(light, to)));
  }

  CompletionStage<RunView> get(RunId run) {
    return ask(run, RunCommand.Get::new);
  }

  /** The run once it has ended or waits on something outside, or as it is when time is up. */
  CompletionStage<RunView> settled(RunId run, Duration limit) {
    return settledBy(run, System.nanoTime() + limit.toNanos());
  }

  /** Starts a run, and tells it once it has settled, or as it is when time is up. */
  CompletionStage<RunView> settled(RunId run, StartRun order, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    return blobs
        .checkIn(run.tenant(), order)
        .thenCompose(
            light ->
                door(run)
                    .ask(
                        RunReply.Is.class,
                        limit.compareTo(patience) < 0 ? limit : patience,
                        to -> new RunCommand.Start(light, true, to)))
        .thenApply(RunReply.Is::run)
        .exceptionallyCompose(
            failure -> {
              if (cause(failure) instanceof TimeoutException late) {
                return begun(run, deadline, late);
              }
              throw new CompletionException(cause(failure));
            });
  }

  /** A run that cannot be found may begin a moment later: nobody knows yet. */
  private CompletionStage<RunView> begun(RunId run, long deadline, TimeoutException late) {
    return settledBy(run, deadline)
        .exceptionallyCompose(
            failure ->
                Problems.of(failure).status() == 404
                    ? CompletableFuture.failedStage(late)
                    : CompletableFuture.failedStage(cause(failure)));
  }

  private CompletionStage<RunView> settledBy(RunId run, long deadline) {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (!left.isPositive()) {
      return get(run);
    }
    // asked again and again: the question dies with the node that hosts the run
    Duration once = left.compareTo(patience) < 0 ? left : patience;
    return door(run)
        .ask(RunReply.Is.class, once, RunCommand.Await::new)
        .thenApply(RunReply.Is::run)
        .exceptionallyCompose(
            failure -> {
              if (cause(failure) instanceof TimeoutException) {
                return settledBy(run, deadline);
              }
              throw new CompletionException(cause(failure));
            });
  }

  private static Throwable cause(Throwable failure) {
    Throwable inner = failure.getCause();
    return failure instanceof CompletionException && inner != null ? inner : failure;
  }

  private Door<RunCommand, RunReply> door(RunId run) {
    return new Door<>(
        ClusterSharding.get(system).entityRefFor(RunCommand.KEY, run.text()),
        reply ->
            reply instanceof RunReply.Refused(Refusal why) ? Optional.of(why) : Optional.empty(),
        patience,
        system.scheduler());
  }
}
