package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.catalog.Definitions;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** The large values that the copied turns refer to. */
  record CopiedWhole(Copied copied, Map<Claim, JsonNode> values) implements Own {}

  /** All rows of a fork, the large values of its first own one being stored. */
  record Copy(
      Fork order,
      Definition definition,
      List<JournalRow<Turn>> rows,
      List<Fact> facts,
      boolean unfinished,
      Set<Blob> values)
      implements Own {}

  /** They could not be read. */
  record Uncopied(Fork order, Throwable why) implements Own {}

  /** Large values that the run needs in order to decide. */
  record Fetched(Map<Claim, JsonNode> values) implements Own {}

  /** The large values of the decided turn are stored, or not yet. */
  record Stored(Optional<Throwable> failure) implements Own {}

  /** Try again to store them. */
  record StoreAgain() implements Own {}

  /** One of the run's timers is due. */
  record Due() implements Own {}

  /** Nothing has come for a while. */
  record Idle() implements Own {}

  /** An effect that did not work and is tried again. */
  record Again(Effect effect) implements Own {}

  /** An effect of which all large values are at hand, and as the journal has it. */
  record Act(Effect whole, Effect effect) implements Own {}

  /** An effect of which the large values could not be fetched. */
  record ActLater(Effect effect) implements Own {}

  /** The same, after a pause. */
  record AgainLater(String key, Effect effect, Duration pause) implements Own {}

  /** A subscription is in the table, or was refused. */
  record Subscribed(Effect.Subscribe effect, boolean kept) implements Own {}

  /** The workflow a task runs was looked for in the catalog. */
  record ChildFound(String key, Optional<Definitions.Named> workflow) implements Own {}

  /** A child run has been cancelled, or needs it no more. */
  record ChildGone(String key, String how) implements Own {}

  /** Something was heard that changes nothing. */
  record Noted() implements Own {}

  /** The shard asks the entity to stop. */
  record Stop() implements Own {}
}
