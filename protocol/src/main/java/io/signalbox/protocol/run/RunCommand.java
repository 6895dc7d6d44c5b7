package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.guard.Guarded;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** What a run's entity can be told. Its entity id is {@code tenant|run}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "start", value = RunCommand.Start.class),
  @JsonSubTypes.Type(name = "get", value = RunCommand.Get.class),
  @JsonSubTypes.Type(name = "await", value = RunCommand.Await.class),
  @JsonSubTypes.Type(name = "control", value = RunCommand.Control.class),
  @JsonSubTypes.Type(name = "resolve", value = RunCommand.Resolve.class),
  @JsonSubTypes.Type(name = "getApproval", value = RunCommand.GetApproval.class),
  @JsonSubTypes.Type(name = "decide", value = RunCommand.Decide.class),
  @JsonSubTypes.Type(name = "handle", value = RunCommand.Handle.class),
  @JsonSubTypes.Type(name = "deliver", value = RunCommand.Deliver.class),
  @JsonSubTypes.Type(name = "performed", value = RunCommand.Performed.class),
  @JsonSubTypes.Type(name = "noticed", value = RunCommand.Noticed.class),
  @JsonSubTypes.Type(name = "requestTool", value = RunCommand.RequestTool.class),
  @JsonSubTypes.Type(name = "wake", value = RunCommand.Wake.class),
  @JsonSubTypes.Type(name = "migrate", value = RunCommand.Migrate.class),
  @JsonSubTypes.Type(name = "fork", value = RunCommand.Fork.class),
})
public interface RunCommand extends Sent {
  EntityTypeKey<RunCommand> KEY = EntityTypeKey.create(RunCommand.class, "run");

  /**
   * Begins the run; refused with Conflict when the id was used before.
   *
   * @param settled whether to answer, as {@link Await} does, only once the run has ended or waits
   *     on something outside
   */
  record Start(StartRun order, boolean settled, ActorRef<RunReply> replyTo) implements RunCommand {
    /** Answered once the run has begun. */
    public Start(StartRun order, ActorRef<RunReply> replyTo) {
      this(order, false, replyTo);
    }
  }

  /** Tells the run as it is now. */
  record Get(ActorRef<RunReply> replyTo) implements RunCommand {}

  /** Tells the run once it has ended or waits on something outside; never after it is gone. */
  record Await(ActorRef<RunReply> replyTo) implements RunCommand {}

  /**
   * Suspend, resume, cancel, retry, or delete an ended run, which is answered Done. {@code task}
   * narrows a retry, if given.
   */
  record Control(
      Verb verb,
      String by,
      Optional<String> reason,
      Optional<String> task,
      ActorRef<RunReply> replyTo)
      implements RunCommand {}

  /** The ways to steer a run from outside. */
  enum Verb {
    SUSPEND,
    RESUME,
    CANCEL,
    RETRY,
    DELETE
  }

  /**
   * Settles a call whose outcome is unknown.
   *
   * @param outcome {@code succeeded}, {@code failed} or {@code retry}
   */
  record Resolve(
      String task,
      String outcome,
      Optional<JsonNode> result,
      String reason,
      String by,
      ActorRef<RunReply> replyTo)
      implements RunCommand {}

  /** Tells one of the run's approvals. */
  record GetApproval(String approvalId, ActorRef<RunReply> replyTo) implements RunCommand {}

  /**
   * A person's decision; {@code decision} is {@code approve} or {@code reject}.
   *
   * @param arguments those that the call is to have instead, if they are to be changed
   * @param argumentsHash of the arguments that the person has seen; a decision about others is
   *     refused
   * @param via the channel through which it came, where it was not the API
   */
  record Decide(
      String approvalId,
      String decision,
      Principal by,
      Optional<String> reason,
      Optional<JsonNode> arguments,
      Optional<String> argumentsHash,
      Optional<String> via,
      ActorRef<RunReply> replyTo)
      implements RunCommand {}

  /** An approver takes a question on, lets it go, or hands it {@code to} somebody. */
  record Handle(
      String approvalId,
      Handling how,
      Principal by,
      Optional<String> to,
      Optional<String> reason,
      ActorRef<RunReply> replyTo)
      implements RunCommand {}

  /** What an approver can do with a question besides deciding it. */
  enum Handling {
    CLAIM,
    RELEASE,
    DELEGATE
  }

  /** An event that matched a subscription of this run; answered Done once journalled or dropped. */
  record Deliver(String subscription, CloudEvent event, ActorRef<RunReply> replyTo)
      implements RunCommand {}

  /** The answer to a {@link Perform}, or an agent's reply. */
  record Performed(String key, int attempt, Outcome outcome, Optional<Guarded> guarded)
      implements RunCommand {
    /** Of a call in which no guardrail found anything. */
    public Performed(String key, int attempt, Outcome outcome) {
      this(key, attempt, outcome, Optional.empty());
    }
  }

  /** What guardrails found in a message that went on all the same. */
  record Noticed(String key, Guarded guarded) implements RunCommand {}

  /**
   * An agent asks its run for a tool call. The run judges, records and carries it out, and answers
   * the session with {@code ToolSettled}. Asking again with the same call id is harmless.
   *
   * @param agentKey the key of the agent call this belongs to
   * @param callId the model's id of the tool call, unique within the agent call
   * @param memory what the agent was reminded of; absent where there is nothing
   */
  record RequestTool(
      SessionId session,
      String agentKey,
      String callId,
      String tool,
      JsonNode arguments,
      Optional<List<Recalled>> memory)
      implements RunCommand {
    public RequestTool {
      memory = memory.map(List::copyOf);
    }

    /** Of a conversation that has just begun. */
    public RequestTool(
        SessionId session, String agentKey, String callId, String tool, JsonNode arguments) {
      this(session, agentKey, callId, tool, arguments, Optional.empty());
    }
  }

  /**
   * Goes on with another version of the workflow, if the run's history fits it; else Conflict with
   * the first difference.
   *
   * @param dryRun only says whether it fits
   */
  record Migrate(
      WorkflowRef workflow, String digest, boolean dryRun, String by, ActorRef<RunReply> replyTo)
      implements RunCommand {}

  /** Begins this run as a copy of another; refused with Conflict when the id was used before. */
  record Fork(ForkRun order, ActorRef<RunReply> replyTo) implements RunCommand {}

  /** Have a look at yourself; nothing happens if the run has moved past {@code seenAt}. */
  record Wake(long seenAt) implements RunCommand {}
}
