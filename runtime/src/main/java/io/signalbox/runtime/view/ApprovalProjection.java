package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a fact changes about the approvals of its run. */
final class ApprovalProjection {
  private ApprovalProjection() {}

  /** Puts the approval the fact is about, as it then is, into {@code asked}. */
  static void take(Fact fact, RunId run, Instant at, Map<String, ApprovalView> asked) {
    if (fact instanceof Fact.ApprovalRequested it) {
      asked.put(it.approvalId(), asked(it, run, at));
    } else if (fact instanceof Fact.ApprovalEscalated it) {
      asked.computeIfPresent(it.approvalId(), (_, view) -> escalated(view, it));
    } else if (fact instanceof Fact.ApprovalDecided it) {
      asked.computeIfPresent(it.approvalId(), (_, view) -> decided(view, it));
    } else if (fact instanceof Fact.ApprovalExpired it) {
      asked.computeIfPresent(it.approvalId(), (_, view) -> with(view, "expired"));
    }
  }

  private static ApprovalView asked(Fact.ApprovalRequested it, RunId run, Instant at) {
    return new ApprovalView(
        it.approvalId(),
        run.id(),
        it.task(),
        "open",
        it.title(),
        it.details(),
        it.tool(),
        it.arguments(),
        it.argumentsHash(),
        it.risk(),
        it.requestedBy(),
        it.approvers(),
        it.quorum(),
        at,
        it.expires(),
        it.escalate(),
        0,
        List.of());
  }

  private static ApprovalView decided(ApprovalView view, Fact.ApprovalDecided it) {
    List<ApprovalView.Vote> votes = new ArrayList<>(view.decisions());
    votes.add(it.vote());
    String settled = it.vote().decision().equals("approve") ? "approved" : "rejected";
    String status = it.settled() ? settled : view.status();
    return with(view, status, view.approvers(), view.escalated(), votes);
  }

  private static ApprovalView escalated(ApprovalView view, Fact.ApprovalEscalated it) {
    List<String> approvers = new ArrayList<>(view.approvers());
    approvers.addAll(it.to());
    return with(view, view.status(), approvers, it.step(), view.decisions());
  }

  static ApprovalView with(ApprovalView view, String status) {
    return with(view, status, view.approvers(), view.escalated(), view.decisions());
  }

  private static ApprovalView with(
      ApprovalView view,
      String status,
      List<String> approvers,
      int escalated,
      List<ApprovalView.Vote> votes) {
    return new ApprovalView(
        view.id(),
        view.run(),
        view.task(),
        status,
        view.title(),
        view.details(),
        view.tool(),
        view.arguments(),
        view.argumentsHash(),
        view.risk(),
        view.requestedBy(),
        approvers,
        view.quorum(),
        view.requestedAt(),
        view.expires(),
        view.escalate(),
        escalated,
        votes);
  }
}
