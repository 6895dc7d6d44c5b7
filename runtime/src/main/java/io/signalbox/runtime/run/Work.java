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
import java.util.Map;
import java.util.Optional;
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
   * The tasks of extensions, before the task ({@code result} is absent) or after it.
   *
   * @param inner what the task will do once nothing is to be done before it
   */
  record Extending(Work inner, Optional<Result> result, Cursor cursor) implements Work {
    /** The task's raw output, and where a switch sends control. */
    public record Result(JsonNode output, Optional<Flow> then) {}
  }

  record Waiting(Instant until) implements Work {}

  record Listening(String subscription, EventFilter filter) implements Work {}

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
      case Extending w -> Optional.of(w.cursor());
      case Fresh _, Forking _, Waiting _, Listening _, Emitting _ -> Optional.empty();
      case Approving _, Calling _, Returned _, Leaving _ -> Optional.empty();
    };
  }

  /** The same with its list of steps elsewhere. */
  default Work at(Cursor cursor) {
    return switch (this) {
      case Sequence _ -> new Sequence(cursor);
      case Loop w -> new Loop(w.items(), w.index(), cursor);
      case Trying w ->
          new Trying(w.retries(), w.backoff(), w.handling(), w.since(), cursor, w.until());
      case Extending w -> new Extending(w.inner(), w.result(), cursor);
      case Fresh _, Forking _, Waiting _, Listening _, Emitting _ -> this;
      case Approving _, Calling _, Returned _, Leaving _ -> this;
    };
  }
}
