package io.signalbox.runtime.run;

import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.catalog.Rulebooks;
import io.signalbox.runtime.storage.RunTurns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What every run entity of a node works with.
 *
 * @param atOnce carries out what takes but a moment, absent for all else
 * @param hands who carries out all else
 */
public record RunParts(
    Interpreter interpreter,
    Definitions definitions,
    Rulebooks rulebooks,
    Function<Perform, Optional<Outcome>> atOnce,
    ActorRef<Perform> hands,
    ActorRef<EventCommand> events,
    Blobs blobs,
    InstantSource clock,
    RunTurns turns,
    Settings settings) {

  /**
   * How a run entity behaves.
   *
   * @param snapshotEvery turns between snapshots
   * @param idle a run that waits leaves memory after this time without a message
   * @param keepAwake unless a timer is due within this time
   * @param lookAgain a busy run without a deadline of its own is looked at after this time
   * @param maxArrived stimuli held while a turn is being written; more are refused
   * @param maxWaiters callers that wait for one run; the oldest is dropped for a new one
   * @param forkTurns turns that one run can share with a fork
   * @param minBackoff and {@code maxBackoff}: restart after the journal failed
   */
  public record Settings(
      int snapshotEvery,
      Duration idle,
      Duration keepAwake,
      Duration lookAgain,
      int maxArrived,
      int maxWaiters,
      int forkTurns,
      Duration minBackoff,
      Duration maxBackoff) {
    public static final Settings STANDARD =
        new Settings(
            100,
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            1000,
            100,
            5000,
            Duration.ofMillis(200),
            Duration.ofSeconds(5));
  }
}
