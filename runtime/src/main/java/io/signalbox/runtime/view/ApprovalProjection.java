package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalFacts;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a fact changes about the approvals of its run. */
final class ApprovalProjection {
  private ApprovalProjection() {}

  /** Puts the approval the fact is about, as it then is, into {@code asked}. */
  static void take(Fact fact, RunId run, Instant at, Map<String, ApprovalView> asked) {
    switch (fact) {
      case Fact.ApprovalRequested it ->
          asked.put(it.approvalId(), ApprovalFacts.asked(it, run.id(), at));
      case Fact.ApprovalEscalated it ->
          of(asked, it.approvalId(), v -> ApprovalFacts.escalated(v, it));
      case Fact.ApprovalDecided it -> of(asked, it.approvalId(), v -> ApprovalFacts.voted(v, it));
      case Fact.ApprovalExpired it -> of(asked, it.approvalId(), v -> with(v, "expired"));
      case Fact.ApprovalClaimed it -> of(asked, it.approvalId(), v -> ApprovalFacts.claimed(v, it));
      case Fact.ApprovalReleased it -> of(asked, it.approvalId(), ApprovalFacts::released);
      case Fact.ApprovalDelegated it ->
          of(asked, it.approvalId(), v -> ApprovalFacts.delegated(v, it));
      default -> {} // other facts are about no approval
    }
  }

  private static void of(
      Map<String, ApprovalView> asked, String id, UnaryOperator<ApprovalView> change) {
    asked.computeIfPresent(id, (_, view) -> change.apply(view));
  }

  static ApprovalView with(ApprovalView view, String status) {
    return ApprovalFacts.with(view, status);
  }
}
