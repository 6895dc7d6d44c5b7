package io.signalbox.runtime.run;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.journal.JournalSerializer;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.run.Interpreter.Bounds;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * A run as its entity leads it, without the actor: turns go through the journal's own serializer, a
 * crash throws the state away and reads it back, from a snapshot if there is one. Every turn is
 * checked against {@link Laws}.
 */
final class Course {
  static final RunId RUN = new RunId("default", "r1");
  private static final JournalSerializer JOURNAL = new JournalSerializer();
  private static final SnapshotSerializer SNAPSHOTS = new SnapshotSerializer();

  /** A snapshot, and how many turns it holds. */
  private static final class Saved {
    private final byte[] bytes;
    private final int turns;

    Saved(byte[] bytes, int turns) {
      this.bytes = bytes;
      this.turns = turns;
    }
  }

  private final Definition definition;
  private final Interpreter interpreter;
  private final IntPredicate crashAfter;
  private final int mostTurns;
  private final List<byte[]> journal = new ArrayList<>();
  private final List<Object> stimuli = new ArrayList<>();
  private final Laws laws;
  private Optional<Saved> snapshot = Optional.empty();
  final List<Fact> facts = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  RunState state = RunState.UNSTARTED;
  boolean cutShort;
  boolean split;
  int crashes;

  /**
   * A run that has not begun.
   *
   * @param crashAfter whether to crash after the turn of this number
   */
  Course(Definition definition, Bounds bounds, IntPredicate crashAfter, Visited visited) {
    this.definition = definition;
    this.interpreter = new Interpreter(bounds);
    this.mostTurns = 20 + 3000 / bounds.factsPerTurn();
    this.crashAfter = crashAfter;
    this.laws = new Laws(visited);
  }

  Definition definition() {
    return definition;
  }

  void start(long seed) {
    give(
        new Stimulus.Start(
            new StartRun(
                definition.ref(),
                definition.digest(),
                Chance.input(seed),
                Map.of(),
                "user:ada",
                false)));
  }

  void pass(Duration time) {
    now = now.plus(time);
    give(new Stimulus.Tick());
  }

  /** Decides, and goes on while there is more to do; a run that never rests is cancelled. */
  void give(Stimulus stimulus) {
    stimuli.add(now);
    stimuli.add(stimulus);
    Stimulus next = stimulus;
    boolean unfinished = true;
    for (int i = 0; unfinished; i++) {
      if (i == mostTurns) {
        cutShort = true;
        next = cancel();
      }
      unfinished = turn(next);
      split |= unfinished;
      next = new Stimulus.Tick();
    }
  }

  static Stimulus cancel() {
    return new Stimulus.Control(
        io.signalbox.protocol.run.RunCommand.Verb.CANCEL,
        "user:ada",
        Optional.empty(),
        Optional.empty());
  }

  private boolean turn(Stimulus stimulus) {
    RunState before = state;
    Decision decision = interpreter.decide(RUN, definition, Worlds.RULES, before, stimulus, now);
    laws.decided(stimulus, before, decision);
    if (decision.facts().isEmpty()) {
      return decision.unfinished();
    }
    RunState after = before;
    for (Fact fact : decision.facts()) {
      RunState next = after.after(fact, now);
      laws.happened(fact, after, next);
      after = next;
    }
    Turn turn =
        new Turn(
            before.nextSeq(),
            now,
            "",
            decision.facts(),
            Summaries.status(after),
            Summaries.due(after, now, Duration.ofMinutes(1)));
    byte[] row = JOURNAL.toBinary(JournalRow.of(turn));
    journal.add(row);
    facts.addAll(decision.facts());
    Effects.of(RUN, Worlds.RULES, decision.facts(), before, after);
    Effects.standing(RUN, Worlds.RULES, after);
    Summaries.view(RUN, after);
    laws.sound(after);
    laws.same("replay of a turn", after, before.after(read(row)));
    state = after;
    if (journal.size() % 7 == 0) {
      snapshot = Optional.of(new Saved(saved(after), journal.size()));
    }
    if (crashAfter.test(journal.size()) && alive()) {
      crash();
      return false;
    }
    return decision.unfinished();
  }

  boolean alive() {
    return state.phase() instanceof Phase.Running || state.phase() instanceof Phase.Suspended;
  }

  private void crash() {
    crashes++;
    stimuli.add(now + " CRASH after turn " + journal.size());
    RunState replayed = RunState.UNSTARTED;
    for (byte[] row : journal) {
      replayed = replayed.after(read(row));
    }
    laws.same("whole replay", state, replayed);
    RunState back =
        snapshot.map(s -> from(s.bytes, journal.subList(s.turns, journal.size()))).orElse(replayed);
    laws.same("replay from the snapshot", state, back);
    state = back;
    give(new Stimulus.Recovered());
  }

  private static RunState from(byte[] snapshot, List<byte[]> rest) {
    try {
      String manifest = SNAPSHOTS.manifest(snapshot);
      RunState state = ((RunSnapshot) SNAPSHOTS.fromBinary(snapshot, manifest)).kept().state();
      for (byte[] row : rest) {
        state = state.after(read(row));
      }
      return state;
    } catch (NotSerializableException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Turn read(byte[] row) {
    try {
      return (Turn) ((JournalRow<?>) JOURNAL.fromBinary(row, "turn")).turn();
    } catch (NotSerializableException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] saved(RunState state) {
    return SNAPSHOTS.toBinary(RunSnapshot.of(new RunEntity.Kept(state, "", false)));
  }

  /** The state in the form it is kept: two states that are kept alike are the same. */
  static String text(RunState state) {
    return new String(saved(state), StandardCharsets.UTF_8);
  }

  /** What was given to the run, in order, to play it again by hand. */
  String told() {
    return stimuli.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
