package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a run's entity tells itself; never leaves the node. */
sealed interface Own extends RunCommand {
  /** Take what has arrived and decide. */
  record Flush() implements Own {}

  /** What the run needs in order to decide is at hand. */
  record Ready(Definition definition, Rulebook rules) implements Own {}

  record NotReady(Throwable why) implements Own {}

  /**
   * A run's journal was followed through the definition it is to move to.
   *
   * @param rows how many rows were read
   * @param rounds how often it was read on
   */
  record Checked(Migrate order, Replay replay, long rows, int rounds) implements Own {}

  /** The check could not be made. */
  record Unchecked(Migrate order, Throwable why) implements Own {}

  /** The turns of the run that this one is to be a copy of, or why it cannot be. */
  record Copied(
      Fork order, List<Turn> prefix, Optional<Definition> definition, Optional<Refusal> refusal)
      implements Own {}

  /** They could not be read. */
  record Uncopied(Fork order, Throwable why) implements Own {}

  /** One of the run's timers is due. */
  record Due() implements Own {}

  /** Nothing has come for a while. */
  record Idle() implements Own {}

  /** An effect that did not work and is tried again. */
  record Again(Effect effect) implements Own {}

  /** The same, after a pause. */
  record AgainLater(String key, Effect effect, Duration pause) implements Own {}

  /** A subscription is in the table, or was refused. */
  record Subscribed(Effect.Subscribe effect, boolean kept) implements Own {}

  /** The shard asks the entity to stop. */
  record Stop() implements Own {}
}
