package io.signalbox.runtime.run;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads what a run's entity needs to know before the run moves to another definition, or begins as
 * a copy of another run. Off the actor's thread; what comes of it is told to the entity.
 */
final class RunMoves {
  private static final int ROUNDS = 20;

  private final RunId run;
  private final RunParts parts;

  RunMoves(RunId run, RunParts parts) {
    this.run = run;
    this.parts = parts;
  }

  // -- migration ---------------------------------------------------------------------------------

  /** What a migration needs of the run itself; absent when nothing stands against it. */
  static Optional<Refusal> objection(RunState state, RunId run) {
    if (state.begun().isEmpty()) {
      return Optional.of(new Refusal.NotFound("there is no run " + run.id()));
    }
    if (state.saga().cause().isPresent()) {
      return Optional.of(new Refusal.Conflict("the run undoes what it did, or has"));
    }
    return switch (state.phase()) {
      case Phase.Deleted _ -> Optional.of(new Refusal.NotFound("there is no run " + run.id()));
      case Phase.Completed _, Phase.Cancelled _ ->
          Optional.of(new Refusal.Conflict("the run has ended; fork it at an earlier turn"));
      case Phase.Unstarted _, Phase.Running _, Phase.Suspended _, Phase.Frozen _, Phase.Faulted _ ->
          Optional.empty();
    };
  }

  /** Follows the journal through the definition the run is to move to. */
  CompletionStage<Own.Checked> check(RunState state, RunCommand.Migrate order) {
    CompletionStage<Definition> was =
        parts.definitions().byDigest(run.tenant(), state.began().digest());
    return was.thenCombine(
            parts.definitions().byDigest(run.tenant(), order.digest()),
            (from, to) -> new Replay(run, from, to))
        .thenCompose(replay -> onward(new Own.Checked(order, replay, 0, 0)));
  }

  /** The same for what was written since. */
  CompletionStage<Own.Checked> onward(Own.Checked so) {
    return parts
        .turns()
        .read(
            run,
            so.rows() + 1,
            row -> {
              so.replay().follow(row);
              return true;
            })
        .thenApply(rows -> new Own.Checked(so.order(), so.replay(), rows, so.rounds() + 1));
  }

  /** The verdict on a check that has come up with the run's state; absent when it may move. */
  static Optional<Refusal> verdict(Replay replay) {
    String version = replay.definition().ref().version();
    return replay
        .difference()
        .map(
            d ->
                new Refusal.Conflict(
                    "the run has gone another way than version %s would: at %s it was: %s; now: %s"
                        .formatted(version, d.pointer(), d.was(), d.now()),
                    List.of(new Fault(d.pointer(), "was: " + d.was() + "; now: " + d.now()))));
  }

  static boolean tooOften(Own.Checked checked) {
    return checked.rounds() >= ROUNDS;
  }

  static Refusal tooFast() {
    return new Refusal.TooBusy(
        "the run goes on faster than its journal is read; suspend it first", Duration.ofSeconds(1));
  }

  // -- forks -------------------------------------------------------------------------------------

  /** The other run's turns, to the end of the one that contains the number. */
  CompletionStage<Own.Copied> copy(RunCommand.Fork order) {
    List<Turn> prefix = new ArrayList<>();
    int most = parts.settings().forkTurns();
    return parts
        .turns()
        .read(
            order.order().source(run),
            1,
            turn -> {
              boolean wanted = turn.firstSeq() <= order.order().atSeq();
              if (wanted) {
                prefix.add(turn);
              }
              return wanted && prefix.size() <= most;
            })
        .thenCompose(_ -> judged(order, prefix, most));
  }

  /** The other run's turn as it stands in this one's journal. */
  static Turn copyOf(Turn turn, RunCommand.Fork order, String head) {
    return new Turn(
        turn.firstSeq(),
        turn.at(),
        head,
        turn.facts(),
        turn.status(),
        turn.due(),
        turn.claims(),
        turn.copiedFrom().or(() -> Optional.of(order.order().from())));
  }

  private CompletionStage<Own.Copied> judged(RunCommand.Fork order, List<Turn> prefix, int most) {
    RunState state = RunState.UNSTARTED;
    for (Turn turn : prefix) {
      state = state.after(turn);
    }
    Optional<Refusal> refusal = refusal(order, prefix, most, state);
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(
          new Own.Copied(order, prefix, Optional.empty(), refusal));
    }
    String pinned = state.began().digest();
    CompletionStage<Definition> was = parts.definitions().byDigest(run.tenant(), pinned);
    return was.thenCombine(
            parts.definitions().byDigest(run.tenant(), order.order().digest().orElse(pinned)),
            (from, to) -> {
              Replay replay = new Replay(run, from, to);
              if (!from.digest().equals(to.digest())) {
                prefix.forEach(replay::follow);
              }
              return replay;
            })
        .thenCombine(
            parts.rulebooks().load(run.tenant()),
            (replay, _) ->
                new Own.Copied(order, prefix, Optional.of(replay.definition()), verdict(replay)));
  }

  private static Optional<Refusal> refusal(
      RunCommand.Fork order, List<Turn> prefix, int most, RunState state) {
    if (prefix.isEmpty()) {
      return Optional.of(new Refusal.NotFound("there is no run " + order.order().from()));
    }
    if (prefix.size() > most) {
      return Optional.of(
          new Refusal.Invalid(
              "too much history to copy",
              List.of(
                  new Fault(
                      "/atSeq",
                      "more than %d turns come before it (signalbox.runtime.runs.fork-turns)"
                          .formatted(most)))));
    }
    return order.order().atSeq() < 1 || order.order().atSeq() >= state.nextSeq()
        ? Optional.of(
            new Refusal.Invalid(
                "the run's history has no such number",
                List.of(new Fault("/atSeq", "must be from 1 to " + (state.nextSeq() - 1)))))
        : Optional.empty();
  }
}
