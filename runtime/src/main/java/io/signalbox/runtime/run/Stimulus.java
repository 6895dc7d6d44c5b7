package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.run.ForkRun;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Recalled;
import io.signalbox.protocol.run.RunCommand.Handling;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.StartRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that makes a run decide. */
public sealed interface Stimulus {
  /**
   * The run begins.
   *
   * @param tag random, for the run's markers of secrets
   */
  record Start(StartRun order, String tag) implements Stimulus {
    /** Of a run whose definition has no secrets; with secrets, none would be sent. */
    public Start(StartRun order) {
      this(order, "");
    }
  }

  record Control(Verb verb, String by, Optional<String> reason, Optional<String> task)
      implements Stimulus {}

  record Performed(String key, int attempt, Outcome outcome, Optional<Guarded> guarded)
      implements Stimulus {
    /** Of a call in which no guardrail found anything. */
    public Performed(String key, int attempt, Outcome outcome) {
      this(key, attempt, outcome, Optional.empty());
    }
  }

  /** Guardrails found something in a message that goes on all the same. */
  record Noticed(String key, Guarded guarded) implements Stimulus {}

  record Delivered(String subscription, CloudEvent event) implements Stimulus {}

  /**
   * A person's decision.
   *
   * @param arguments those that the call is to have instead, if they are to be changed
   * @param argumentsHash of the arguments that the person has seen
   * @param via the channel through which it came, where it was not the API
   */
  record Decided(
      String approvalId,
      String decision,
      Principal by,
      Optional<String> reason,
      Optional<JsonNode> arguments,
      Optional<String> argumentsHash,
      Optional<String> via)
      implements Stimulus {
    /** About what is asked, through the API. */
    public Decided(String approvalId, String decision, Principal by, Optional<String> reason) {
      this(approvalId, decision, by, reason, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** An approver takes a question on, lets it go, or hands it to somebody. */
  record Handled(
      String approvalId, Handling how, Principal by, Optional<String> to, Optional<String> reason)
      implements Stimulus {}

  record Resolved(String task, String outcome, Optional<JsonNode> result, String reason, String by)
      implements Stimulus {}

  record ToolWanted(
      SessionId session,
      String agentKey,
      String callId,
      String tool,
      JsonNode arguments,
      Optional<List<Recalled>> memory)
      implements Stimulus {
    public ToolWanted {
      memory = memory.map(List::copyOf);
    }

    /** Of a conversation that has just begun. */
    public ToolWanted(
        SessionId session, String agentKey, String callId, String tool, JsonNode arguments) {
      this(session, agentKey, callId, tool, arguments, Optional.empty());
    }
  }

  /**
   * The run was copied from another and goes on by itself.
   *
   * @param since when the last turn that was copied was made
   */
  record Forked(ForkRun order, Instant since) implements Stimulus {}

  /**
   * The workflow that a task runs was looked for.
   *
   * @param workflow absent when there is none
   */
  record ChildFound(String key, Optional<WorkflowRef> workflow, String digest)
      implements Stimulus {}

  /** A child run whose task was abandoned will not go on; {@code how} is its status. */
  record ChildGone(String key, String how) implements Stimulus {}

  /** Time has passed: whatever is due happens. */
  record Tick() implements Stimulus {}

  /** The run came back to life; what was in flight is in doubt. */
  record Recovered() implements Stimulus {}
}
