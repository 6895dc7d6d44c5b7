package io.signalbox.agents.guard.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.guard.Finding;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.guard.Guarded.Verdict;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.guard.Stage;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand.Performed;
import io.signalbox.protocol.tool.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A call with guardrails on both sides: arguments before anything is sent, the result before
 * anything is told.
 */
public final class WatchedCalls {
  private final Watch watch;

  public WatchedCalls(Watch watch) {
    this.watch = watch;
  }

  /** Carries the order out, if its arguments may go, and tells what came back as it may be told. */
  public Performed carryOut(Perform order, Function<Perform, Outcome> hand) {
    if (order.guards().isEmpty()) {
      return new Performed(order.key(), order.attempt(), hand.apply(order));
    }
    Guards guards = order.guards().get();
    if (order.mode() == Perform.Mode.PROBE) {
      return told(order, guards, hand.apply(order), Optional.empty());
    }
    var seen = watch.look(order.run(), Stage.ARGUMENTS, guards, order.arguments());
    if (!seen.passed()) {
      return new Performed(
          order.key(),
          order.attempt(),
          Withheld.because(seen.guarded(), seen.why()),
          seen.guarded());
    }
    JsonNode arguments = watch.reveal(order.run(), guards, seen.content());
    Outcome outcome = hand.apply(arguments == order.arguments() ? order : order.with(arguments));
    return told(order, guards, outcome, seen.guarded());
  }

  private Performed told(Perform order, Guards guards, Outcome outcome, Optional<Guarded> before) {
    return switch (outcome) {
      case Outcome.Succeeded done -> told(order, guards, done, before);
      case Outcome.Failed failed ->
          performed(
              order,
              new Outcome.Failed(
                  failed.kind(),
                  failed.status(),
                  watch.words(order.run(), guards, failed.detail()),
                  failed.retryAfter(),
                  failed.error(),
                  failed.limited()),
              before);
      case Outcome.Unknown unknown ->
          performed(
              order,
              new Outcome.Unknown(watch.words(order.run(), guards, unknown.detail())),
              before);
      case Outcome.Absent absent -> performed(order, absent, before);
    };
  }

  private Performed told(
      Perform order, Guards guards, Outcome.Succeeded done, Optional<Guarded> before) {
    var seen = watch.look(order.run(), Stage.RESULT, guards, done.result());
    Optional<Guarded> both = both(before, seen.guarded());
    boolean blocked = seen.guarded().map(it -> it.verdict() == Verdict.BLOCKED).orElse(false);
    if (!blocked) {
      return performed(order, new Outcome.Succeeded(seen.content(), done.usage()), both);
    }
    // what has had an effect is never told as failed: it would be done again
    boolean read = order.tool().map(it -> it.risk() == Risk.READ).orElse(false);
    return performed(
        order,
        read
            ? Withheld.because(seen.guarded(), seen.why())
            : new Outcome.Succeeded(Json.object().put("withheld", seen.why()), done.usage()),
        both);
  }

  private static Performed performed(Perform order, Outcome outcome, Optional<Guarded> guarded) {
    return new Performed(order.key(), order.attempt(), outcome, guarded);
  }

  /** What was found on the way out and on the way back, with the verdict of the way back. */
  private static Optional<Guarded> both(Optional<Guarded> before, Optional<Guarded> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return after.isPresent() ? after : before;
    }
    List<Finding> findings = new ArrayList<>(before.get().findings());
    findings.addAll(after.get().findings());
    findings.sort((a, b) -> b.action().compareTo(a.action()));
    var approvers = new TreeSet<>(after.get().approvers());
    return Optional.of(
        new Guarded(
            after.get().verdict(),
            findings,
            List.copyOf(approvers),
            before.get().micros() + after.get().micros()));
  }
}
