package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What an activation is doing. */
public sealed interface Work {
  /** Just begun; a leaf that has not been looked at. */
  record Fresh() implements Work {}

  /** A list of steps. */
  record Sequence(Cursor cursor) implements Work {}

  /** A list of steps once per item; {@code index} is -1 before the first. */
  record Loop(JsonNode items, int index, Cursor cursor) implements Work {}

  /** Branches side by side; {@code results} of those that are done, by their pointer. */
  record Forking(Map<String, JsonNode> results) implements Work {
    public Forking {
      results = Map.copyOf(results);
    }
  }

  /** A guarded list of steps: its body, a pause before trying again, or its handler. */
  record Trying(
      int retries,
      Optional<Instant> backoff,
      Optional<WorkflowError> handling,
      Instant since,
      Cursor cursor)
      implements Work {}

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
      case Fresh _, Forking _, Waiting _, Listening _, Emitting _ -> Optional.empty();
      case Approving _, Calling _, Returned _, Leaving _ -> Optional.empty();
    };
  }

  /** The same with its list of steps elsewhere. */
  default Work at(Cursor cursor) {
    return switch (this) {
      case Sequence _ -> new Sequence(cursor);
      case Loop w -> new Loop(w.items(), w.index(), cursor);
      case Trying w -> new Trying(w.retries(), w.backoff(), w.handling(), w.since(), cursor);
      case Fresh _, Forking _, Waiting _, Listening _, Emitting _ -> this;
      case Approving _, Calling _, Returned _, Leaving _ -> this;
    };
  }
}
