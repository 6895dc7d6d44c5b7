package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** What an activation is doing. */
public sealed interface Work {
  /** Just begun; a leaf that has not been looked at. */
  record Fresh() implements Work {}

  /** A list of steps. */
  record Sequence(Cursor cursor) implements Work {}

  /** A list of steps once per item; {@code index} is -1 before the first. */
  record Loop(JsonNode items, int index, Cursor cursor) implements Work {}

  /**
   * Branches side by side; {@code results} of those that are done, by their pointer.
   *
   * @param first the branch that was done first, which wins where they compete
   */
  record Forking(Map<String, JsonNode> results, Optional<String> first) implements Work {
    static final Forking NONE = new Forking(HashTreePMap.empty(), Optional.empty());

    public Forking {
      results = persistent(results);
    }

    Forking plus(String branch, JsonNode result) {
      return new Forking(
          persistent(results).plus(branch, result), Optional.of(first.orElse(branch)));
    }

    private static PMap<String, JsonNode> persistent(Map<String, JsonNode> results) {
      return results instanceof PMap<String, JsonNode> map ? map : HashTreePMap.from(results);
    }
  }

  /** A guarded list of steps: its body, a pause before trying again, or its handler. */
  record Trying(
      int retries,
      Optional<Instant> backoff,
      Optional<WorkflowError> handling,
      Instant since,
      Cursor cursor,
      Optional<Instant> until)
      implements Work {}

  /**
   * A list of steps once per item, items side by side.
   *
   * @param collect whether the output tells of failures
   * @param next the item to begin next
   * @param outputs by index; each is held here and nowhere else
   * @param errors by index, kept if they belong to the output
   * @param failed how many items failed
   */
  record Mapping(
      JsonNode items,
      boolean collect,
      int next,
      Map<Integer, JsonNode> outputs,
      Map<Integer, WorkflowError> errors,
      int failed)
      implements Work {
    public Mapping {
      // persistent, so that an item costs the same however many there are
      outputs = outputs instanceof PMap<Integer, JsonNode> p ? p : HashTreePMap.from(outputs);
      errors = errors instanceof PMap<Integer, WorkflowError> p ? p : HashTreePMap.from(errors);
    }
  }

  /** One item of a map. */
  record Item(int index, Cursor cursor) implements Work {}

  /** Compensations, the last task first. */
  record Undoing(int completed, int failed) implements Work {}

  /** One compensation. */
  record Undo(Compensable entry, Cursor cursor) implements Work {}

  /**
   * The tasks of extensions, before the task ({@code result} is absent) or after it.
   *
   * @param inner what the task will do once nothing is to be done before it
   */
  record Extending(Work inner, Optional<Result> result, Cursor cursor) implements Work {
    /** The task's raw output, and where a switch sends control. */
    public record Result(JsonNode output, Optional<Flow> then) {}
  }

  record Waiting(Instant until) implements Work {}

  /** Listening as it was written down before events came in more than one; see Consuming. */
  record Listening(String subscription, EventFilter filter) implements Work {}

  /**
   * Consuming events.
   *
   * @param learnt correlation values that the events so far have shown, by name
   * @param heard which filters have had their event, where each gets one
   * @param seen source and id of every event received, so that none counts twice
   * @param queue what waits for its own tasks, the first perhaps under way
   * @param done what has been consumed, in order: the task's output
   * @param closed whether no more events are wanted
   * @param index number of the event whose tasks are under way; -1 for none
   * @param cursor where those tasks stand
   */
  record Consuming(
      String subscription,
      io.signalbox.protocol.run.Listening listening,
      Map<String, String> learnt,
      Set<Integer> heard,
      Set<String> seen,
      List<JsonNode> queue,
      List<JsonNode> done,
      boolean closed,
      int index,
      Cursor cursor)
      implements Work {
    public Consuming {
      learnt = Map.copyOf(learnt);
      heard = Set.copyOf(heard);
      seen = Set.copyOf(seen);
      queue = List.copyOf(queue);
      done = List.copyOf(done);
    }
  }

  /** An event on its way out; it is published again until that is known to have worked. */
  record Emitting(CloudEvent event) implements Work {}

  /** Held back until people have answered. */
  record Approving(ApprovalView approval) implements Work {}

  /** A call to the outside. */
  record Calling(
      String key,
      int attempt,
      Stage stage,
      CallKind kind,
      String target,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      OnUnknownOutcome onUnknownOutcome,
      Instant leaseUntil)
      implements Work {}

  /**
   * A call that waits with nothing sent: for the end of a freeze, or for its turn.
   *
   * @param attempt how often it was dispatched before
   * @param rule what holds it
   * @param until when it is tried again; absent where that does not depend on time
   */
  record Held(
      String key,
      int attempt,
      CallKind kind,
      String target,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      OnUnknownOutcome onUnknownOutcome,
      String rule,
      String why,
      Optional<Instant> until)
      implements Work {}

  /** How far a call has come. */
  enum Stage {
    /** Sent, or about to be. */
    SENT,
    /** Nobody knows whether it took effect, and somebody is looking. */
    PROBING,
    /** Nobody knows, and a person has to say. */
    ASKING
  }

  /** The outside has answered. */
  record Returned(Outcome outcome) implements Work {}

  /**
   * Its task is gone, and a child run still has to be told to end; outlasts the run's own end.
   *
   * @param run the child's id
   */
  record Leaving(String key, String run) implements Work {}

  /** Where its list of steps stands, if it has one. */
  default Optional<Cursor> list() {
    return switch (this) {
      case Sequence w -> Optional.of(w.cursor());
      case Loop w -> Optional.of(w.cursor());
      case Trying w -> Optional.of(w.cursor());
      case Item w -> Optional.of(w.cursor());
      case Undo w -> Optional.of(w.cursor());
      case Mapping _, Undoing _ -> Optional.empty();
      case Consuming w -> w.listening().each() ? Optional.of(w.cursor()) : Optional.empty();
      case Extending w -> Optional.of(w.cursor());
      case Fresh _, Forking _, Waiting _, Listening _, Emitting _ -> Optional.empty();
      case Approving _, Calling _, Returned _, Leaving _, Held _ -> Optional.empty();
    };
  }

  /** The same with its list of steps elsewhere. */
  default Work at(Cursor cursor) {
    return switch (this) {
      case Sequence _ -> new Sequence(cursor);
      case Loop w -> new Loop(w.items(), w.index(), cursor);
      case Trying w ->
          new Trying(w.retries(), w.backoff(), w.handling(), w.since(), cursor, w.until());
      case Consuming w -> HearingFacts.at(w, cursor);
      case Extending w -> new Extending(w.inner(), w.result(), cursor);
      case Item w -> new Item(w.index(), cursor);
      case Undo w -> new Undo(w.entry(), cursor);
      case Mapping _, Undoing _ -> this;
      case Fresh _, Forking _, Waiting _, Listening _, Emitting _ -> this;
      case Approving _, Calling _, Returned _, Leaving _, Held _ -> this;
    };
  }
}
