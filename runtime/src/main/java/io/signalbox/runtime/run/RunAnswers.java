package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What a run's entity answers, and who waits for it to settle. */
final class RunAnswers {
  private final RunId run;
  private final RunDoing doing;
  private final int most;
  private final int listed;
  private final List<ActorRef<RunReply>> waiters = new ArrayList<>();
  private Optional<ActorRef<RunReply>> patient = Optional.empty();

  RunAnswers(RunId run, RunDoing doing, int most, int listed) {
    this.run = run;
    this.doing = doing;
    this.most = most;
    this.listed = listed;
  }

  /** An answer to give once the turn is stored. */
  record Owed(ActorRef<RunReply> to, Stimulus stimulus, Optional<Refusal> refusal) {}

  /** The run as it is. */
  RunReply told(RunState state) {
    if (state.begun().isEmpty()) {
      return new RunReply.Refused(new Refusal.NotFound("there is no run " + run.id()));
    }
    return new RunReply.Is(doing.shown(Summaries.view(run, state, listed)));
  }

  RunReply approval(RunState state, String id) {
    return Summaries.approval(run, state, id)
        .<RunReply>map(RunReply.IsApproval::new)
        .orElseGet(
            () -> new RunReply.Refused(new Refusal.NotFound("approval " + id + " is not open")));
  }

  /** Answers what a turn has settled. */
  void give(List<Owed> owed, RunState before, List<Fact> facts, RunState state) {
    for (Owed o : owed) {
      boolean waits = patient.filter(o.to()::equals).isPresent();
      if (waits) {
        patient = Optional.empty();
      }
      if (waits && o.refusal().isEmpty()) {
        await(o.to());
      } else {
        o.to()
            .tell(
                o.refusal()
                    .<RunReply>map(RunReply.Refused::new)
                    .orElseGet(() -> answer(o.stimulus(), before, facts, state)));
      }
    }
    tellWaiters(state);
  }

  private RunReply answer(Stimulus stimulus, RunState before, List<Fact> facts, RunState state) {
    return switch (stimulus) {
      case Stimulus.Delivered _ -> new RunReply.Done();
      case Stimulus.Decided d ->
          Summaries.decided(run, before, facts, d.approvalId())
              .<RunReply>map(RunReply.IsApproval::new)
              .orElseGet(() -> told(state));
      case Stimulus.Handled h ->
          Summaries.decided(run, before, facts, h.approvalId())
              .or(() -> Summaries.approval(run, state, h.approvalId()))
              .<RunReply>map(RunReply.IsApproval::new)
              .orElseGet(() -> told(state));
      case Stimulus.Control _ when state.phase() instanceof Phase.Deleted -> new RunReply.Done();
      case Stimulus.Start _, Stimulus.Control _, Stimulus.Resolved _, Stimulus.Performed _ ->
          told(state);
      case Stimulus.ToolWanted _, Stimulus.Tick _, Stimulus.Recovered _ -> told(state);
      case Stimulus.Forked _, Stimulus.Noticed _ -> told(state);
      case Stimulus.ChildFound _, Stimulus.ChildGone _ -> told(state);
    };
  }

  /** Whoever starts the run and wants to hear of it once it has settled, not before. */
  void patient(ActorRef<RunReply> starter) {
    patient = Optional.of(starter);
  }

  /** Answered once the run has settled; the one that has waited longest gives way to a new one. */
  void await(ActorRef<RunReply> waiter) {
    if (waiters.size() >= most) {
      waiters.removeFirst();
    }
    waiters.add(waiter);
  }

  void tellWaiters(RunState state) {
    if (!waiters.isEmpty() && settled(state)) {
      waiters.forEach(w -> w.tell(told(state)));
      waiters.clear();
    }
  }

  private static boolean held(RunState state) {
    return state.census().outside() > 0
        && state.live().values().stream().anyMatch(a -> a.work() instanceof Work.Held);
  }

  /** Ended, suspended, or waiting for something other than time or a run of ours. */
  boolean settled(RunState state) {
    RunStatus status = Summaries.status(state);
    if (status.ended() || status == RunStatus.SUSPENDED) {
      return true;
    }
    return (status == RunStatus.WAITING || (status == RunStatus.RUNNING && held(state)))
        && state.census().outside() > 0
        && doing.shown(Summaries.view(run, state)).waitingFor().stream()
            .anyMatch(w -> !w.kind().equals("timer") && !w.kind().equals("run"));
  }
}
