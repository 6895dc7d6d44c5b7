package io.signalbox.runtime.view;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Heard;
import io.signalbox.runtime.view.RunLine.Hold;
import io.signalbox.runtime.view.RunLine.Open;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which activations of a run are open and what holds them back, as its facts come by. */
final class OpenTasks {
  private final Map<Long, Open> open;

  OpenTasks(Map<Long, Open> open) {
    this.open = new HashMap<>(open);
  }

  Map<Long, Open> open() {
    return open;
  }

  void take(Fact fact) {
    switch (fact) {
      case Fact.TaskStarted it -> open.put(it.id(), new Open(it.parent(), Optional.empty()));
      case Fact.ToolRequested it -> open.put(it.id(), new Open(it.parent(), Optional.empty()));
      case Fact.WaitStarted it -> hold(it.id(), "timer", it.task(), Optional.empty());
      case Fact.RetryScheduled it -> hold(it.id(), "timer", it.task(), Optional.empty());
      case Fact.ListenStarted it -> hold(it.id(), "event", it.task(), Optional.empty());
      case Fact.CallUnknown it -> unknown(it);
      case Fact.ApprovalRequested it ->
          hold(it.id(), "approval", it.task(), Optional.of(it.approvalId()));
      case Fact.CallHeld it ->
          hold(
              it.id(),
              it.until().isPresent() ? "quota" : "freeze",
              it.task(),
              Optional.of(it.rule()));
      case Fact.RunFrozen _, Fact.RunThawed _ -> {}
      case Fact.ChildPinned it -> hold(it.id(), "run", it.task(), Optional.empty());
      case Fact.ApprovalDecided it when it.settled() -> release(it.id());
      case Fact.ApprovalDecided _ -> {}
      case Fact.ApprovalExpired it -> release(it.id());
      case Fact.TaskRetried it -> release(it.id());
      case Fact.TaskReturned it -> release(it.id());
      case Fact.EventReceived it when it.heard().map(Heard::last).orElse(true) -> release(it.id());
      case Fact.EventProcessed it when it.last() -> release(it.id());
      case Fact.EventReceived _, Fact.EventProcessed _ -> {}
      case Fact.CallDispatched it -> release(it.id());
      case Fact.CallProbed it -> release(it.id());
      case Fact.CallSettled it -> release(it.id());
      case Fact.CallResolved it -> release(it.id());
      case Fact.ItemStarted it -> open.put(it.id(), new Open(it.parent(), Optional.empty()));
      // stands for itself: it outlives the task that began it when the whole run is undone
      case Fact.CompensationStarted it -> open.put(it.id(), new Open(0, Optional.empty()));
      case Fact.ItemCompleted it -> close(it.id());
      case Fact.ItemFaulted it -> close(it.id());
      case Fact.CompensationCompleted it -> close(it.id());
      case Fact.CompensationFaulted it -> close(it.id());
      case Fact.TaskCompleted it -> close(it.id());
      case Fact.TaskCancelled it -> close(it.id());
      case Fact.TaskFaulted it -> close(it.id());
      case Fact.RunFaulted _ -> Set.copyOf(open.keySet()).forEach(this::release);
      case Fact.RunCancelled _ -> open.clear();
      case Fact.RunDeleted _, Fact.RunCompleted _ -> open.clear();
      case Fact.RunStarted _ -> open.clear();
      case Fact.RunSuspended _,
          Fact.RunResumed _,
          Fact.RunRetried _,
          Fact.TaskSkipped _,
          Fact.TaskExtended _,
          Fact.ExtensionStarted _,
          Fact.TaskEntered _,
          Fact.IterationStarted _,
          Fact.ErrorCaught _,
          Fact.EventEmitted _,
          Fact.ChildReleased _,
          Fact.ToolRefused _,
          Fact.CallJudged _,
          Fact.CallGuarded _,
          Fact.RunLabelled _,
          Fact.RunCompensating _,
          Fact.RunMigrated _,
          Fact.RunForked _,
          Fact.ApprovalClaimed _,
          Fact.ApprovalReleased _,
          Fact.ApprovalDelegated _,
          Fact.GrantUsed _,
          Fact.ApprovalEscalated _ -> {}
    }
  }

  private void unknown(Fact.CallUnknown it) {
    switch (it.policy()) {
      case ASK -> hold(it.id(), "outcome", it.task(), Optional.empty());
      case IDEMPOTENT, PROBE, FAIL -> release(it.id());
    }
  }

  private void hold(long id, String kind, String task, Optional<String> approval) {
    Open was = open.getOrDefault(id, new Open(0, Optional.empty()));
    open.put(id, new Open(was.parent(), Optional.of(new Hold(kind, task, approval))));
  }

  private void release(long id) {
    open.computeIfPresent(id, (_, was) -> new Open(was.parent(), Optional.empty()));
  }

  private void close(long id) {
    family(id).forEach(open::remove);
  }

  /** The activation and all below it. */
  private Set<Long> family(long id) {
    Set<Long> family = new HashSet<>(Set.of(id));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<Long, Open> other : open.entrySet()) {
        grown |= family.contains(other.getValue().parent()) && family.add(other.getKey());
      }
    }
    return family;
  }
}
