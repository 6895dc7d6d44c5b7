package io.signalbox.runtime.run;

import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.freeze.Freeze;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.catalog.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kill switch as a run obeys it: a frozen run records what arrives and begins nothing; a call
 * to a frozen tool or agent, or of a frozen agent, waits. Pure.
 */
final class Freezing {
  /** The namespace of runs that are but one tool call or one message. */
  static final String DIRECT = "signalbox";

  private Freezing() {}

  /** The run stands still or goes on, as the orders now are. */
  static void look(Deciding turn) {
    RunState state = turn.state();
    Optional<Freeze> freeze = state.begun().flatMap(begun -> of(turn.rules, begun));
    if (state.phase() instanceof Phase.Running && freeze.isPresent()) {
      Freeze it = freeze.get();
      turn.record(new Fact.RunFrozen(it.rule(), it.scope(), it.reason(), it.by()));
    } else if (state.phase() instanceof Phase.Frozen frozen && freeze.isEmpty()) {
      turn.record(new Fact.RunThawed(frozen.rule()));
      turn.readyAll();
    }
  }

  /** The order that holds this run: one for its namespace, or for one that it was started from. */
  static Optional<Freeze> of(Rulebook rules, Begun begun) {
    if (rules.curbs().freezes().isEmpty()) {
      return Optional.empty();
    }
    return namespaces(begun).stream()
        .flatMap(it -> rules.curbs().freeze(Freeze.NAMESPACE, it).stream())
        .findFirst();
  }

  /** The run's own namespace and those of the runs above it. */
  static List<String> namespaces(Begun begun) {
    List<String> all = new ArrayList<>();
    all.add(begun.workflow().namespace());
    begun.parent().flatMap(it -> it.namespaces()).ifPresent(all::addAll);
    return all;
  }

  /**
   * The order that holds this call.
   *
   * @param agent who wants it, or empty
   */
  static Optional<Freeze> of(Rulebook rules, CallKind kind, String target, String agent) {
    if (rules.curbs().freezes().isEmpty()) {
      return Optional.empty();
    }
    Optional<Freeze> asked =
        switch (kind) {
          case TOOL -> rules.curbs().freeze(Freeze.TOOL, target);
          case AGENT -> rules.curbs().freeze(Freeze.AGENT, target);
          case HTTP, OPENAPI, PROCESS, APPROVAL, WORKFLOW -> Optional.empty();
        };
    return asked.or(
        () -> agent.isEmpty() ? Optional.empty() : rules.curbs().freeze(Freeze.AGENT, agent));
  }

  /** The agent whose tool call this activation is; empty for a workflow's own. */
  static String agent(RunState state, Activation a) {
    Activation above = a.asked().isPresent() ? state.live().get(a.parent()) : null;
    return above != null && above.work() instanceof Work.Calling call ? call.target() : "";
  }

  /** Whether the agent that asked for this call is not to hear of it now. */
  static boolean silent(Rulebook rules, RunState state, Activation a) {
    return state.phase() instanceof Phase.Frozen
        || of(rules, CallKind.AGENT, agent(state, a), "").isPresent();
  }

  /** Whether only the end of a freeze will move something in this run. */
  static boolean waits(Rulebook rules, RunState state) {
    return state.phase() instanceof Phase.Frozen
        || (!rules.curbs().freezes().isEmpty()
            && state.live().values().stream().anyMatch(a -> waits(rules, state, a)));
  }

  private static boolean waits(Rulebook rules, RunState state, Activation a) {
    return (a.work() instanceof Work.Held held && held.until().isEmpty())
        || (a.work() instanceof Work.Returned && a.asked().isPresent() && silent(rules, state, a));
  }
}
