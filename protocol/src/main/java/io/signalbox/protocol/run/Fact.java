package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.approval.Terms;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.run.ApprovalView.Escalation;
import io.signalbox.protocol.run.ApprovalView.Vote;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a run. Released facts never change in meaning: they only gain optional
 * fields. {@code id} is always the number of the activation (a task being carried out) it is about,
 * which is the history number of the fact that began it.
 *
 * <p>Longer than 300 lines because all that a run's journal may hold stands together.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "runStarted", value = Fact.RunStarted.class),
  @JsonSubTypes.Type(name = "runSuspended", value = Fact.RunSuspended.class),
  @JsonSubTypes.Type(name = "runResumed", value = Fact.RunResumed.class),
  @JsonSubTypes.Type(name = "runCancelled", value = Fact.RunCancelled.class),
  @JsonSubTypes.Type(name = "runFaulted", value = Fact.RunFaulted.class),
  @JsonSubTypes.Type(name = "runRetried", value = Fact.RunRetried.class),
  @JsonSubTypes.Type(name = "runDeleted", value = Fact.RunDeleted.class),
  @JsonSubTypes.Type(name = "runCompleted", value = Fact.RunCompleted.class),
  @JsonSubTypes.Type(name = "taskStarted", value = Fact.TaskStarted.class),
  @JsonSubTypes.Type(name = "taskExtended", value = Fact.TaskExtended.class),
  @JsonSubTypes.Type(name = "extensionStarted", value = Fact.ExtensionStarted.class),
  @JsonSubTypes.Type(name = "taskEntered", value = Fact.TaskEntered.class),
  @JsonSubTypes.Type(name = "taskReturned", value = Fact.TaskReturned.class),
  @JsonSubTypes.Type(name = "taskSkipped", value = Fact.TaskSkipped.class),
  @JsonSubTypes.Type(name = "taskCompleted", value = Fact.TaskCompleted.class),
  @JsonSubTypes.Type(name = "taskFaulted", value = Fact.TaskFaulted.class),
  @JsonSubTypes.Type(name = "taskCancelled", value = Fact.TaskCancelled.class),
  @JsonSubTypes.Type(name = "iterationStarted", value = Fact.IterationStarted.class),
  @JsonSubTypes.Type(name = "errorCaught", value = Fact.ErrorCaught.class),
  @JsonSubTypes.Type(name = "retryScheduled", value = Fact.RetryScheduled.class),
  @JsonSubTypes.Type(name = "taskRetried", value = Fact.TaskRetried.class),
  @JsonSubTypes.Type(name = "waitStarted", value = Fact.WaitStarted.class),
  @JsonSubTypes.Type(name = "listenStarted", value = Fact.ListenStarted.class),
  @JsonSubTypes.Type(name = "eventReceived", value = Fact.EventReceived.class),
  @JsonSubTypes.Type(name = "eventProcessed", value = Fact.EventProcessed.class),
  @JsonSubTypes.Type(name = "eventEmitted", value = Fact.EventEmitted.class),
  @JsonSubTypes.Type(name = "toolRequested", value = Fact.ToolRequested.class),
  @JsonSubTypes.Type(name = "toolRefused", value = Fact.ToolRefused.class),
  @JsonSubTypes.Type(name = "callJudged", value = Fact.CallJudged.class),
  @JsonSubTypes.Type(name = "callDispatched", value = Fact.CallDispatched.class),
  @JsonSubTypes.Type(name = "callUnknown", value = Fact.CallUnknown.class),
  @JsonSubTypes.Type(name = "callProbed", value = Fact.CallProbed.class),
  @JsonSubTypes.Type(name = "callSettled", value = Fact.CallSettled.class),
  @JsonSubTypes.Type(name = "callResolved", value = Fact.CallResolved.class),
  @JsonSubTypes.Type(name = "callGuarded", value = Fact.CallGuarded.class),
  @JsonSubTypes.Type(name = "approvalRequested", value = Fact.ApprovalRequested.class),
  @JsonSubTypes.Type(name = "approvalEscalated", value = Fact.ApprovalEscalated.class),
  @JsonSubTypes.Type(name = "approvalDecided", value = Fact.ApprovalDecided.class),
  @JsonSubTypes.Type(name = "approvalExpired", value = Fact.ApprovalExpired.class),
  @JsonSubTypes.Type(name = "approvalClaimed", value = Fact.ApprovalClaimed.class),
  @JsonSubTypes.Type(name = "approvalReleased", value = Fact.ApprovalReleased.class),
  @JsonSubTypes.Type(name = "approvalDelegated", value = Fact.ApprovalDelegated.class),
  @JsonSubTypes.Type(name = "grantUsed", value = Fact.GrantUsed.class),
  @JsonSubTypes.Type(name = "itemStarted", value = Fact.ItemStarted.class),
  @JsonSubTypes.Type(name = "itemCompleted", value = Fact.ItemCompleted.class),
  @JsonSubTypes.Type(name = "itemFaulted", value = Fact.ItemFaulted.class),
  @JsonSubTypes.Type(name = "runLabelled", value = Fact.RunLabelled.class),
  @JsonSubTypes.Type(name = "runCompensating", value = Fact.RunCompensating.class),
  @JsonSubTypes.Type(name = "compensationStarted", value = Fact.CompensationStarted.class),
  @JsonSubTypes.Type(name = "compensationCompleted", value = Fact.CompensationCompleted.class),
  @JsonSubTypes.Type(name = "compensationFaulted", value = Fact.CompensationFaulted.class),
  @JsonSubTypes.Type(name = "runMigrated", value = Fact.RunMigrated.class),
  @JsonSubTypes.Type(name = "runForked", value = Fact.RunForked.class),
  @JsonSubTypes.Type(name = "childPinned", value = Fact.ChildPinned.class),
  @JsonSubTypes.Type(name = "childReleased", value = Fact.ChildReleased.class),
  @JsonSubTypes.Type(name = "runFrozen", value = Fact.RunFrozen.class),
  @JsonSubTypes.Type(name = "runThawed", value = Fact.RunThawed.class),
  @JsonSubTypes.Type(name = "callHeld", value = Fact.CallHeld.class),
})
public sealed interface Fact {
  /** How many history numbers this fact takes. */
  default int width() {
    return 1;
  }

  /**
   * The first fact of every run; {@code value} is the input after {@code input.from}.
   *
   * @param secretTag what marks the run's markers of secrets as its own; absent where the
   *     definition has none
   * @param caller whose credential began it, and with what roles; absent where none did
   */
  record RunStarted(
      WorkflowRef workflow,
      String digest,
      JsonNode input,
      Optional<JsonNode> value,
      Map<String, String> labels,
      String startedBy,
      boolean hidden,
      Optional<Instant> deadline,
      Optional<Parent> parent,
      Optional<String> secretTag,
      Optional<Caller> caller)
      implements Fact {
    public RunStarted {
      labels = Map.copyOf(labels);
    }

    /** Of a definition without secrets. */
    public RunStarted(
        WorkflowRef workflow,
        String digest,
        JsonNode input,
        Optional<JsonNode> value,
        Map<String, String> labels,
        String startedBy,
        boolean hidden,
        Optional<Instant> deadline,
        Optional<Parent> parent) {
      this(
          workflow,
          digest,
          input,
          value,
          labels,
          startedBy,
          hidden,
          deadline,
          parent,
          Optional.empty(),
          Optional.empty());
    }
  }

  record RunSuspended(String by, Optional<String> reason) implements Fact {}

  record RunResumed(String by) implements Fact {}

  record RunCancelled(String by, Optional<String> reason) implements Fact {}

  record RunFaulted(WorkflowError error) implements Fact {}

  /** A faulted run goes on: what did not finish starts again, what is settled stays settled. */
  record RunRetried(String by, Optional<String> task) implements Fact {}

  record RunCompleted(JsonNode output) implements Fact {}

  /**
   * The last fact of a run that was deleted after it had ended; its row stays when all before it
   * are gone, and carries the digest of the last of them.
   *
   * @param status how it had ended
   */
  record RunDeleted(String by, Optional<String> reason, RunStatus status) implements Fact {}

  /** How an activation holds its sub-tasks. */
  enum Shape {
    LEAF,
    SEQUENCE,
    LOOP,
    FORK,
    TRY,
    /** A map whose output holds what its items put out. */
    MAP,
    /** A map whose output says of each item whether it put out something or failed. */
    COLLECT,
    /** Compensations, one after the other. */
    COMPENSATE
  }

  /**
   * A task begins: history shows it created and started.
   *
   * @param input the transformed input where it differs from what the task before put out
   * @param items what a loop or a map goes over
   * @param item the index of the map's item that the task belongs to
   */
  record TaskStarted(
      long id,
      long parent,
      String task,
      Shape shape,
      Optional<JsonNode> input,
      Optional<JsonNode> items,
      Optional<Instant> deadline,
      Optional<Integer> item)
      implements Fact {
    @JsonCreator
    public TaskStarted {}

    public TaskStarted(
        long id,
        long parent,
        String task,
        Shape shape,
        Optional<JsonNode> input,
        Optional<JsonNode> items,
        Optional<Instant> deadline) {
      this(id, parent, task, shape, input, items, deadline, Optional.empty());
    }

    @Override
    public int width() {
      return 2;
    }
  }

  /**
   * Extensions apply to the task just started: their tasks run before and after it.
   *
   * @param extensions where they stand in the definition, such as {@code
   *     /use/extensions/0/logging}, in the order they are declared
   */
  record TaskExtended(long id, String task, List<String> extensions) implements Fact {
    public TaskExtended {
      extensions = List.copyOf(extensions);
    }
  }

  /** The tasks of an extension begin; {@code steps} is where their list stands. */
  record ExtensionStarted(long id, String task, String steps) implements Fact {}

  /** Everything that extensions do before the task is done: now it does what it is there for. */
  record TaskEntered(long id, String task) implements Fact {}

  /**
   * The task has its raw output, and extensions follow before it is completed.
   *
   * @param result absent when it is the result of the call that settled just before
   * @param then where a switch sends control
   */
  record TaskReturned(long id, String task, Optional<JsonNode> result, Optional<Flow> then)
      implements Fact {}

  /** The task's {@code if} did not hold. */
  record TaskSkipped(long parent, String task) implements Fact {}

  /**
   * The task is done; control goes on from it.
   *
   * @param output absent when it is the result of the call that settled just before, or what the
   *     items of the map put out
   * @param context the new context, where the task exports one
   * @param then where a switch sends control, instead of the task's own directive
   * @param compensable there when the task declares a compensation, which is kept from now on: the
   *     variables of loops and handlers around it
   */
  record TaskCompleted(
      long id,
      String task,
      Optional<JsonNode> output,
      Optional<JsonNode> context,
      Optional<Flow> then,
      Optional<JsonNode> compensable)
      implements Fact {
    @JsonCreator
    public TaskCompleted {}

    public TaskCompleted(
        long id,
        String task,
        Optional<JsonNode> output,
        Optional<JsonNode> context,
        Optional<Flow> then) {
      this(id, task, output, context, then, Optional.empty());
    }
  }

  record TaskFaulted(long id, String task, WorkflowError error) implements Fact {}

  /** Abandoned, with all below it: lost a race, or the run or an enclosing task ended. */
  record TaskCancelled(long id, String task, String reason) implements Fact {}

  record IterationStarted(long id, String task, int index) implements Fact {}

  /** A try caught an error and now runs its handler. */
  record ErrorCaught(long id, String task, WorkflowError error) implements Fact {}

  /** A try will run its body again at the given time; {@code attempt} counts retries from 1. */
  record RetryScheduled(long id, String task, int attempt, Instant at, WorkflowError error)
      implements Fact {}

  /**
   * A try runs its body again.
   *
   * @param until when this attempt is given up, where the policy limits the time of each attempt
   */
  record TaskRetried(long id, String task, int attempt, Optional<Instant> until) implements Fact {}

  record WaitStarted(long id, String task, Instant until) implements Fact {}

  /**
   * The run now wants events.
   *
   * @param filter the first of the filters, evaluated
   * @param listening all that is wanted; absent in old journals, where one event that {@code
   *     filter} takes ends the task and its data is the task's output
   */
  record ListenStarted(
      long id, String task, String subscription, EventFilter filter, Optional<Listening> listening)
      implements Fact {}

  /** An event was consumed; {@code heard} is absent in old journals, where it was the only one. */
  record EventReceived(long id, String task, CloudEvent event, Optional<Heard> heard)
      implements Fact {}

  /**
   * The tasks for one consumed event are done.
   *
   * @param output absent when it is what the last of those tasks put out
   * @param context the new context, where the event exports one
   * @param last whether no more events are wanted, also of those received already
   */
  record EventProcessed(
      long id,
      String task,
      int index,
      Optional<JsonNode> output,
      Optional<JsonNode> context,
      boolean last)
      implements Fact {}

  /** To be published under the event's own id, which makes repeating it harmless. */
  record EventEmitted(long id, String task, CloudEvent event) implements Fact {}

  /**
   * An agent's tool call was allowed, or is held for a person.
   *
   * @param id a new activation below {@code parent}, the agent call
   * @param rule what allowed it
   */
  record ToolRequested(
      long id,
      long parent,
      String task,
      SessionId session,
      String callId,
      String tool,
      JsonNode arguments,
      String rule)
      implements Fact {}

  /**
   * What was decided about a tool call, where a policy or a rule on trial had a say, or a task of
   * the workflow itself was refused.
   *
   * @param verdict {@code allowed}, {@code held} or {@code refused}
   * @param notes what rules on trial would have done, each with the rule's name first
   */
  record CallJudged(
      long id, String task, String tool, String verdict, String rule, List<String> notes)
      implements Fact {
    public CallJudged {
      notes = List.copyOf(notes);
    }
  }

  /** An agent's tool call was refused; the agent is told the rule. */
  record ToolRefused(
      long id,
      long parent,
      String task,
      SessionId session,
      String callId,
      String tool,
      JsonNode arguments,
      String rule,
      String why)
      implements Fact {}

  /**
   * A call leaves the gateway; recorded before it does.
   *
   * @param key the same for every attempt of this call
   * @param attempt from 1
   * @param target tool or agent name, or method and endpoint
   * @param tool the tool as it was when called, for tool calls; absent where the run recorded the
   *     very same tool under this name before
   * @param why absent for the first attempt, then why it is sent again
   * @param risk of the tool, for tool calls
   */
  record CallDispatched(
      long id,
      String task,
      String key,
      int attempt,
      CallKind kind,
      String target,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      OnUnknownOutcome onUnknownOutcome,
      Instant leaseUntil,
      Optional<String> why,
      Optional<Risk> risk,
      Optional<String> cleared)
      implements Fact {
    /** A call that no guardrail has held. */
    public CallDispatched(
        long id,
        String task,
        String key,
        int attempt,
        CallKind kind,
        String target,
        JsonNode arguments,
        Optional<ToolDefinition> tool,
        OnUnknownOutcome onUnknownOutcome,
        Instant leaseUntil,
        Optional<String> why,
        Optional<Risk> risk) {
      this(
          id,
          task,
          key,
          attempt,
          kind,
          target,
          arguments,
          tool,
          onUnknownOutcome,
          leaseUntil,
          why,
          risk,
          Optional.empty());
    }
  }

  /** Nobody knows whether the call took effect. {@code policy} says what happens next. */
  record CallUnknown(long id, String task, String key, OnUnknownOutcome policy, String why)
      implements Fact {}

  /** Somebody is asked to look whether the call took effect. */
  record CallProbed(long id, String task, String key, int attempt, Instant leaseUntil)
      implements Fact {}

  /**
   * It is now known what became of the call.
   *
   * @param settledBy {@code answer}, {@code probe} or {@code person}
   */
  record CallSettled(long id, String task, String key, Outcome outcome, String settledBy)
      implements Fact {}

  /** What guardrails found in a call or message, and what they did about it. */
  record CallGuarded(long id, String task, String key, Guarded guarded) implements Fact {}

  /** A person said what became of an unknown call. */
  record CallResolved(long id, String task, String key, String outcome, String by, String reason)
      implements Fact {}

  /**
   * People are asked; the run is held back here until they have answered.
   *
   * @param tool and {@code arguments}, {@code argumentsHash}: set when a tool call is held back
   * @param terms what the question is bound by; absent in old journals
   */
  record ApprovalRequested(
      long id,
      String task,
      String approvalId,
      String title,
      JsonNode details,
      Optional<String> tool,
      Optional<JsonNode> arguments,
      Optional<String> argumentsHash,
      Optional<String> risk,
      String requestedBy,
      List<String> approvers,
      int quorum,
      Optional<Instant> expires,
      List<Escalation> escalate,
      List<String> channels,
      Optional<Terms> terms)
      implements Fact {
    @JsonCreator
    public ApprovalRequested {
      approvers = List.copyOf(approvers);
      escalate = List.copyOf(escalate);
      channels = List.copyOf(channels);
    }

    /** Bound by nothing but its approvers. */
    public ApprovalRequested(
        long id,
        String task,
        String approvalId,
        String title,
        JsonNode details,
        Optional<String> tool,
        Optional<JsonNode> arguments,
        Optional<String> argumentsHash,
        Optional<String> risk,
        String requestedBy,
        List<String> approvers,
        int quorum,
        Optional<Instant> expires,
        List<Escalation> escalate,
        List<String> channels) {
      this(
          id,
          task,
          approvalId,
          title,
          details,
          tool,
          arguments,
          argumentsHash,
          risk,
          requestedBy,
          approvers,
          quorum,
          expires,
          escalate,
          channels,
          Optional.empty());
    }
  }

  record ApprovalEscalated(long id, String task, String approvalId, int step, List<String> to)
      implements Fact {
    public ApprovalEscalated {
      to = List.copyOf(to);
    }
  }

  /**
   * One vote; {@code settled} once the quorum is reached or somebody rejected.
   *
   * @param arguments those that the call is to have instead, where the vote changes them; earlier
   *     votes were for others and count no more
   */
  record ApprovalDecided(
      long id,
      String task,
      String approvalId,
      Vote vote,
      boolean settled,
      Optional<JsonNode> arguments)
      implements Fact {
    @JsonCreator
    public ApprovalDecided {}

    /** A vote for what was asked. */
    public ApprovalDecided(long id, String task, String approvalId, Vote vote, boolean settled) {
      this(id, task, approvalId, vote, settled, Optional.empty());
    }
  }

  /** An approver looks after the question until then; nobody else decides meanwhile. */
  record ApprovalClaimed(long id, String task, String approvalId, String by, Instant until)
      implements Fact {}

  /** Who looked after the question does so no more. */
  record ApprovalReleased(long id, String task, String approvalId, String by) implements Fact {}

  /** An approver handed the question to somebody; both together have one voice. */
  record ApprovalDelegated(
      long id, String task, String approvalId, String by, String to, Optional<String> reason)
      implements Fact {}

  /**
   * A call that people would have been asked about is covered by a standing grant.
   *
   * @param rule what would have made the gateway ask
   * @param grantedBy who answers for it
   */
  record GrantUsed(
      long id,
      String task,
      String grant,
      String tool,
      String argumentsHash,
      String rule,
      String grantedBy,
      Instant until)
      implements Fact {}

  record ApprovalExpired(long id, String task, String approvalId) implements Fact {}

  /**
   * A map begins an item, which is a branch of its own; {@code task} is the map's list of tasks.
   */
  record ItemStarted(long id, long parent, String task, int index) implements Fact {}

  /** An item is done; what its last task put out is its part of the map's output. */
  record ItemCompleted(long id, String task, int index) implements Fact {}

  /** An item failed, and the map goes on without it. */
  record ItemFaulted(long id, String task, int index, WorkflowError error) implements Fact {}

  /** A task put labels on the run, and took others off. */
  record RunLabelled(String task, Map<String, String> labels, List<String> removed)
      implements Fact {
    public RunLabelled {
      labels = Map.copyOf(labels);
      removed = List.copyOf(removed);
    }
  }

  /**
   * The run gives up what is under way and undoes what is done, last first, before it ends as it
   * would have at once: faulted with {@code error}, or cancelled {@code by} somebody.
   */
  record RunCompensating(
      Optional<WorkflowError> error, Optional<String> by, Optional<String> reason)
      implements Fact {}

  /**
   * A compensation begins.
   *
   * @param task the compensation's list of tasks
   * @param of the activation that is undone
   */
  record CompensationStarted(long id, long parent, String task, long of) implements Fact {}

  record CompensationCompleted(long id, String task) implements Fact {}

  /** A compensation failed for good; the others go on. */
  record CompensationFaulted(long id, String task, WorkflowError error) implements Fact {}

  /** The run goes on with another version of its workflow, which its history fits. */
  record RunMigrated(
      String by, WorkflowRef from, String fromDigest, WorkflowRef workflow, String digest)
      implements Fact {}

  /**
   * All before was copied from another run; from here on this run is on its own.
   *
   * @param run the other run
   * @param atSeq the last history number that both share
   * @param by whose run it is from here on
   * @param workflow and {@code digest}: the definition it goes on with
   * @param input of the run, where it is another one
   * @param value the same after {@code input.from}, where it is what flows at this point
   * @param context where it is another one
   * @param since when the last turn that both share was made; from there on time goes on here
   */
  record RunForked(
      String run,
      long atSeq,
      String by,
      WorkflowRef workflow,
      String digest,
      Optional<JsonNode> input,
      Optional<JsonNode> value,
      Optional<JsonNode> context,
      Optional<Instant> since,
      Optional<Caller> caller)
      implements Fact {}

  /**
   * The workflow that the task runs is found; from here on it is always this version of it.
   *
   * @param run id of the child run, the same however often its start is repeated
   */
  record ChildPinned(
      long id, String task, String key, String run, WorkflowRef workflow, String digest)
      implements Fact {}

  /**
   * A child run whose task was abandoned has been cancelled, or had ended already.
   *
   * @param how the status the child was left in, or {@code unknown} where it never began
   */
  record ChildReleased(long id, String task, String key, String run, String how) implements Fact {}

  /** The run stands still by order: what arrives is recorded, and nothing begins. */
  record RunFrozen(String rule, String scope, String reason, String by) implements Fact {}

  /** The order was taken back: the run goes on where it stopped. */
  record RunThawed(String rule) implements Fact {}

  /**
   * A call waits, and nothing was sent: for a freeze to end, or for its turn under a limit.
   *
   * @param attempt how often it was dispatched before
   * @param tool and {@code onUnknownOutcome}: as in {@link CallDispatched}
   * @param rule {@code freeze:ID} or {@code budget:NAME}
   * @param until when it is tried again; absent where that does not depend on time
   */
  record CallHeld(
      long id,
      String task,
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
      implements Fact {}
}
