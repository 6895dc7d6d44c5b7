package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.guard.Check;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.runtime.catalog.Rulebook;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which guardrails a call or message meets. Pure. */
final class GuardRules {
  private GuardRules() {}

  /** Those of a message to this agent, and of its reply. */
  static Optional<Guards> ofMessage(Rulebook rules, RunState state, String agent, boolean cleared) {
    return at(rules, new Guardrail.Where(namespace(state), agent, ""), cleared);
  }

  /** Those of a call to the outside. */
  static Optional<Guards> ofCall(
      Rulebook rules, RunState state, long id, String target, boolean cleared) {
    return at(rules, new Guardrail.Where(namespace(state), agent(state, id), target), cleared);
  }

  private static Optional<Guards> at(Rulebook rules, Guardrail.Where where, boolean cleared) {
    if (rules.guardrails().isEmpty()) {
      return Optional.empty();
    }
    List<Guardrail> fitting =
        rules.guardrails().values().stream()
            .filter(it -> it.fits(where))
            .sorted(Comparator.comparing(Guardrail::name))
            .toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(new Guards(where, fitting, cleared));
  }

  private static String namespace(RunState state) {
    return state.begun().map(it -> it.workflow().namespace()).orElse("");
  }

  /** The agent that wants the call, if one does. */
  private static String agent(RunState state, long id) {
    Activation a = state.live().get(id);
    if (a == null || a.asked().isEmpty()) {
      return "";
    }
    Activation parent = state.live().get(a.parent());
    return parent != null
            && parent.work() instanceof Work.Calling call
            && call.kind() == CallKind.AGENT
        ? call.target()
        : "";
  }

  /**
   * The rule against an agent that wants the same again and again: {@code loop} says how often it
   * may, in the answer to one message.
   */
  static Optional<String> loop(Rulebook rules, RunState state, Activation agent, Wish wish) {
    Optional<Guards> guards =
        at(rules, new Guardrail.Where(namespace(state), wish.agent(), wish.tool()), false);
    for (Guardrail rule : guards.map(Guards::rules).orElse(List.of())) {
      for (Check check : rule.checks()) {
        if (check.detector().equals("loop")
            && same(state, agent, wish) >= check.options().path("max").asInt(3)) {
          return Optional.of(rule.name());
        }
      }
    }
    return Optional.empty();
  }

  private static long same(RunState state, Activation agent, Wish wish) {
    return agent.children().stream()
        .map(state.live()::get)
        .filter(Objects::nonNull)
        .flatMap(child -> child.asked().stream())
        .filter(
            asked -> asked.tool().equals(wish.tool()) && asked.arguments().equals(wish.arguments()))
        .count();
  }

  /** A tool call that an agent would like. */
  record Wish(String agent, String tool, JsonNode arguments) {}
}
