package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the views show of one run, turn by turn.
 *
 * @param line absent before the first turn
 * @param approvals by id; those open before, and those touched since
 */
public record RunProjection(
    RunId run, Optional<RunLine> line, Map<String, ApprovalView> approvals) {
  public RunProjection {
    approvals = Map.copyOf(approvals);
  }

  public static RunProjection none(RunId run) {
    return new RunProjection(run, Optional.empty(), Map.of());
  }

  /** The views after one more turn of this run. */
  public RunProjection after(Turn turn) {
    RunLine before = line.orElseGet(() -> first(turn));
    OpenTasks tasks = new OpenTasks(before.open());
    Map<String, ApprovalView> asked = new HashMap<>(approvals);
    boolean own = turn.copiedFrom().isEmpty();
    for (Fact fact : turn.facts()) {
      tasks.take(fact);
      if (own) {
        ApprovalProjection.take(fact, run, turn.at(), asked);
      }
      before = before.after(fact);
    }
    withdraw(tasks, asked);
    boolean ended = turn.status().ended();
    RunLine now =
        new RunLine(
            run,
            before.workflow(),
            before.digest(),
            turn.status(),
            before.labels(),
            before.startedAt(),
            ended ? before.endedAt().or(() -> Optional.of(turn.at())) : Optional.empty(),
            before.hidden(),
            tasks.open());
    return new RunProjection(run, Optional.of(now), asked);
  }

  private RunLine first(Turn turn) {
    if (!turn.facts().isEmpty() && turn.facts().getFirst() instanceof Fact.RunStarted start) {
      return new RunLine(
          run,
          start.workflow(),
          start.digest(),
          turn.status(),
          start.labels(),
          turn.at(),
          Optional.empty(),
          start.hidden(),
          Map.of());
    }
    throw new ViewFault("the first turn of run " + run + " does not begin with its start");
  }

  /** Nobody needs to answer any more what no activation is held back by. */
  private static void withdraw(OpenTasks tasks, Map<String, ApprovalView> asked) {
    Set<String> held =
        tasks.open().values().stream()
            .flatMap(open -> open.hold().stream())
            .flatMap(hold -> hold.approval().stream())
            .collect(Collectors.toSet());
    asked.replaceAll(
        (id, view) ->
            view.status().equals("open") && !held.contains(id)
                ? ApprovalProjection.with(view, "withdrawn")
                : view);
  }
}
