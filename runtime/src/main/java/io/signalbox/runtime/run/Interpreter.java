package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a stimulus does to a run: a pure function of definition, rules, state, stimulus and
 * time. It reads no clock and no network and never throws for what a definition or a caller does.
 */
public final class Interpreter {
  private final Bounds bounds;

  /**
   * What one run may take.
   *
   * @param factsPerTurn after so many facts a turn ends and the run goes on in the next, so that an
   *     endless loop can be stopped between turns
   * @param httpTimeout of a plain {@code call: http}
   * @param eventsPerListen that one listen task may consume
   * @param eventsQueued of one listen task waiting for their own tasks; more are put off
   * @param nesting how many runs may stand below one another ({@code run: workflow})
   * @param processTimeout of a shell command, script or container, unless its task has a shorter
   *     one
   * @param beyond of what goes beyond the DSL
   */
  public record Bounds(
      int factsPerTurn,
      Duration httpTimeout,
      int attempts,
      int toolCallsPerMessage,
      int eventsPerListen,
      int eventsQueued,
      int nesting,
      Duration processTimeout,
      Limits limits,
      BeyondBounds beyond) {
    public static final Bounds STANDARD = new Bounds(1000, Duration.ofSeconds(30), 10, 200);

    /** With the standard bounds for what goes beyond the DSL. */
    public Bounds(
        int factsPerTurn,
        Duration httpTimeout,
        int attempts,
        int toolCallsPerMessage,
        int eventsPerListen,
        int eventsQueued,
        int nesting,
        Duration processTimeout,
        Limits limits) {
      this(
          factsPerTurn,
          httpTimeout,
          attempts,
          toolCallsPerMessage,
          eventsPerListen,
          eventsQueued,
          nesting,
          processTimeout,
          limits,
          BeyondBounds.STANDARD);
    }

    /** With the standard limits. */
    public Bounds(int factsPerTurn, Duration httpTimeout, int attempts, int toolCallsPerMessage) {
      this(
          factsPerTurn,
          httpTimeout,
          attempts,
          toolCallsPerMessage,
          10_000,
          1000,
          10,
          Duration.ofSeconds(60),
          Limits.STANDARD);
    }
  }

  /** What was decided: facts to journal, and perhaps a "no" for who asked. */
  public record Decision(List<Fact> facts, Optional<Refusal> refusal, boolean unfinished) {
    public Decision {
      facts = List.copyOf(facts);
    }

    static Decision no(Refusal refusal) {
      return new Decision(List.of(), Optional.of(refusal), false);
    }
  }

  public Interpreter(Bounds bounds) {
    this.bounds = bounds;
  }

  public Bounds bounds() {
    return bounds;
  }

  public Decision decide(
      RunId run,
      Definition definition,
      Rulebook rules,
      RunState state,
      Stimulus stimulus,
      Instant now) {
    Deciding turn = new Deciding(run, definition, rules, bounds, state, now);
    Freezing.look(turn);
    return switch (stimulus) {
      case Stimulus.Start s -> start(turn, s.order(), s.tag());
      case Stimulus.Control c -> Controls.decide(turn, c);
      case Stimulus.Performed p -> turn.calls.performed(p);
      case Stimulus.Noticed n -> turn.guards.noticed(n);
      case Stimulus.Delivered d -> turn.hearing.delivered(d);
      case Stimulus.Decided d -> turn.voting.decided(d);
      case Stimulus.Handled h -> turn.voting.handled(h);
      case Stimulus.Resolved r -> turn.unknowns.resolved(r);
      case Stimulus.ToolWanted w -> turn.calls.wanted(w);
      case Stimulus.Forked f -> new Forks(turn).forked(f);
      case Stimulus.ChildFound f -> turn.children.found(f);
      case Stimulus.ChildGone g -> turn.children.gone(g);
      case Stimulus.Tick _ -> turn.timers.tick();
      case Stimulus.Recovered _ -> turn.unknowns.recovered();
    };
  }

  private static Decision start(Deciding turn, StartRun order, String tag) {
    if (!(turn.state().phase() instanceof Phase.Unstarted)) {
      return Decision.no(new Refusal.Conflict("a run with this id was started before"));
    }
    turn.begin(order, tag);
    Freezing.look(turn);
    return turn.drive();
  }
}
