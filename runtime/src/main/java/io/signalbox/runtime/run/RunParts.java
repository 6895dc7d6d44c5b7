package io.signalbox.runtime.run;

import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.run.Perform;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.catalog.Rulebooks;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;

/** What every run entity of a node works with. */
public record RunParts(
    Interpreter interpreter,
    Definitions definitions,
    Rulebooks rulebooks,
    ActorRef<Perform> hands,
    ActorRef<EventCommand> events,
    Blobs blobs,
    InstantSource clock,
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
   * @param minBackoff and {@code maxBackoff}: restart after the journal failed
   */
  public record Settings(
      int snapshotEvery,
      Duration idle,
      Duration keepAwake,
      Duration lookAgain,
      int maxArrived,
      int maxWaiters,
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
            Duration.ofMillis(200),
            Duration.ofSeconds(5));
  }
}
