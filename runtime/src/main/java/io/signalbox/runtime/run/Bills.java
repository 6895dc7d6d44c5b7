package io.signalbox.runtime.run;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Bill;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who pays for a call, and how much at most. Where the tenant has no budget that the call falls
 * under there is no bill, and nobody is asked. Pure.
 */
final class Bills {
  private Bills() {}

  static Optional<Bill> of(RunId run, Rulebook rules, RunState state, Fact.CallDispatched call) {
    if (rules.curbs().budgets().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> path = path(run, state);
    path.put(Budget.TOOL, target(call));
    Activation a = state.live().get(call.id());
    String agent = a == null ? "" : Freezing.agent(state, a);
    if (!agent.isEmpty()) {
      path.put(Budget.AGENT, agent);
    }
    if (!rules.curbs().counts(path)) {
      return Optional.empty();
    }
    long millis =
        Optional.ofNullable(state.tools().get(call.target()))
            .filter(_ -> call.kind() == CallKind.TOOL)
            .map(tool -> tool.timeout())
            .orElse(Duration.ofSeconds(30))
            .toMillis();
    return Optional.of(new Bill(run.tenant(), call.key(), path, new Amounts(1, 0, 0, millis)));
  }

  /**
   * Plain calls have no tool's name: {@code call:http}, {@code call:openapi}, {@code run:shell}.
   */
  private static String target(Fact.CallDispatched call) {
    return switch (call.kind()) {
      case TOOL, AGENT, WORKFLOW, APPROVAL -> call.target();
      case HTTP, OPENAPI -> "call:" + call.kind().text();
      case PROCESS -> "run:" + call.target();
    };
  }

  private static Map<String, String> path(RunId run, RunState state) {
    Map<String, String> path = new HashMap<>();
    path.put(Budget.RUN, run.id());
    path.put(Budget.NAMESPACE, state.began().workflow().namespace());
    path.put(Budget.KEY, state.began().startedBy());
    return path;
  }
}
