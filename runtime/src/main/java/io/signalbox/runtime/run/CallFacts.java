package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.ApprovalFacts;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What facts about calls and approvals do to the state. Pure and total. */
final class CallFacts {
  private CallFacts() {}

  static RunState dispatched(RunState s, Fact.CallDispatched f) {
    RunState knowing = f.tool().map(s::knowing).orElse(s);
    return knowing.working(
        f.id(),
        new Work.Calling(
            f.key(),
            f.attempt(),
            Stage.SENT,
            f.kind(),
            f.target(),
            f.arguments(),
            f.kind() == CallKind.TOOL
                ? Optional.ofNullable(knowing.tools().get(f.target()))
                : Optional.empty(),
            f.onUnknownOutcome(),
            f.leaseUntil()));
  }

  static RunState stage(RunState s, long id, Stage stage, Optional<Fact.CallProbed> probe) {
    Activation a = s.live().get(id);
    if (a == null || !(a.work() instanceof Work.Calling w)) {
      return s;
    }
    return s.put(
        a.with(
            new Work.Calling(
                w.key(),
                probe.map(Fact.CallProbed::attempt).orElse(w.attempt()),
                stage,
                w.kind(),
                w.target(),
                w.arguments(),
                w.tool(),
                w.onUnknownOutcome(),
                probe.map(Fact.CallProbed::leaseUntil).orElse(w.leaseUntil()))));
  }

  static RunState settled(RunState s, Fact.CallSettled f) {
    RunState next = s.working(f.id(), new Work.Returned(f.outcome()));
    Usage failed = f.settledBy().equals(Children.BY) ? Usage.NONE : new Usage(1, 0, 0, 0);
    Usage drawn = f.outcome() instanceof Outcome.Succeeded ok ? ok.usage() : failed;
    return next.drawing(drawn);
  }

  static RunState returned(RunState s, long id, JsonNode result) {
    return s.working(id, new Work.Returned(new Outcome.Succeeded(result, Usage.NONE)));
  }

  static ApprovalView asked(Fact.ApprovalRequested f, Instant at) {
    return ApprovalFacts.asked(f, "", at);
  }

  /** The question that the activation asks has changed. */
  static RunState asking(RunState s, long id, UnaryOperator<ApprovalView> change) {
    Activation a = s.get(id);
    return s.put(a.with(new Work.Approving(change.apply(((Work.Approving) a.work()).approval()))));
  }
}
