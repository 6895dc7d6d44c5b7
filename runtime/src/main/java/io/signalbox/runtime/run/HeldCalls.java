package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.freeze.Freeze;
import io.signalbox.protocol.quota.OnLimit;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.judge.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Calls that wait with nothing sent: for the end of a freeze, or for their turn under a limit. */
final class HeldCalls {
  private static final Duration USUAL = Duration.ofSeconds(10);

  private final Deciding turn;

  HeldCalls(Deciding turn) {
    this.turn = turn;
  }

  /** Holds the call where a freeze covers it. */
  boolean frozen(
      Activation a,
      CallKind kind,
      String target,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      OnUnknownOutcome policy) {
    Optional<Freeze> freeze =
        Freezing.of(turn.rules, kind, target, Freezing.agent(turn.state(), a));
    freeze.ifPresent(
        it ->
            turn.record(
                new Fact.CallHeld(
                    a.id(),
                    a.task(),
                    turn.run.id() + "-" + a.id(),
                    0,
                    kind,
                    target,
                    arguments,
                    tool.filter(t -> !t.equals(turn.state().tools().get(t.name()))),
                    policy,
                    it.rule(),
                    it.scope() + " is frozen: " + it.reason(),
                    Optional.empty())));
    return freeze.isPresent();
  }

  /** Whether the call met a limit and waits for its turn, instead of failing. */
  boolean waits(Activation a, Work.Calling call, Outcome.Failed failed) {
    if (failed.limited().filter(it -> it.onLimit() == OnLimit.WAIT).isEmpty()
        || turn.state().began().workflow().namespace().equals(Freezing.DIRECT)) {
      return false;
    }
    turn.record(
        new Fact.CallHeld(
            a.id(),
            a.task(),
            call.key(),
            call.attempt(),
            call.kind(),
            call.target(),
            call.arguments(),
            Optional.empty(),
            call.onUnknownOutcome(),
            failed.limited().get().rule(),
            failed.detail(),
            Optional.of(turn.now.plus(failed.retryAfter().orElse(USUAL)))));
    return true;
  }

  /** Holds the same in a fork of the run, under a key of its own. */
  void again(Activation a, Work.Held call, String key) {
    turn.record(
        new Fact.CallHeld(
            a.id(),
            a.task(),
            key,
            0,
            call.kind(),
            call.target(),
            call.arguments(),
            Optional.empty(),
            call.onUnknownOutcome(),
            call.rule(),
            call.why(),
            call.until()));
  }

  /** Sends it, if nothing holds it any more and the rules of now do not refuse it. */
  void look(Activation a, Work.Held call) {
    boolean early = call.until().map(at -> at.isAfter(turn.now)).orElse(false);
    String agent = Freezing.agent(turn.state(), a);
    if (early || Freezing.of(turn.rules, call.kind(), call.target(), agent).isPresent()) {
      return;
    }
    if (call.kind() == CallKind.TOOL
        && turn.judging.again(a, call.target(), call.arguments(), Set.of())
            instanceof Verdict.Refused no) {
      turn.asking.refused(a, no);
      return;
    }
    // a tool that was changed meanwhile is called as it is now
    Optional<ToolDefinition> tool =
        call.tool().map(it -> turn.rules.tools().getOrDefault(it.name(), it));
    Duration timeout =
        switch (call.kind()) {
          case TOOL -> tool.map(ToolDefinition::timeout).orElse(turn.bounds.httpTimeout());
          case PROCESS -> turn.bounds.processTimeout();
          case AGENT -> Calls.AGENT_LEASE;
          case HTTP, OPENAPI, APPROVAL, WORKFLOW -> turn.bounds.httpTimeout();
        };
    turn.record(
        new Fact.CallDispatched(
            a.id(),
            a.task(),
            call.key(),
            call.attempt() + 1,
            call.kind(),
            call.target(),
            call.arguments(),
            tool.filter(t -> !t.equals(turn.state().tools().get(t.name()))),
            call.onUnknownOutcome(),
            turn.now.plus(timeout).plus(Calls.LEASE_SLACK),
            Optional.of("nothing holds it any more: " + call.rule()),
            tool.map(ToolDefinition::risk)));
  }
}
