package io.signalbox.runtime.run;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.ApprovalView.Vote;
import java.util.List;
import java.util.Optional;

/** The rules of who may decide, and when a question is settled. Pure. */
final class Approvals {
  private Approvals() {}

  /** The approval as told to those outside, with the run it belongs to. */
  static ApprovalView of(RunId run, ApprovalView v) {
    return new ApprovalView(
        v.id(),
        run.id(),
        v.task(),
        v.status(),
        v.title(),
        v.details(),
        v.tool(),
        v.arguments(),
        v.argumentsHash(),
        v.risk(),
        v.requestedBy(),
        v.approvers(),
        v.quorum(),
        v.requestedAt(),
        v.expires(),
        v.escalate(),
        v.escalated(),
        v.decisions());
  }

  static ApprovalView with(
      ApprovalView v, String status, List<String> approvers, int escalated, List<Vote> decisions) {
    return new ApprovalView(
        v.id(),
        v.run(),
        v.task(),
        status,
        v.title(),
        v.details(),
        v.tool(),
        v.arguments(),
        v.argumentsHash(),
        v.risk(),
        v.requestedBy(),
        approvers,
        v.quorum(),
        v.requestedAt(),
        v.expires(),
        v.escalate(),
        escalated,
        decisions);
  }

  /**
   * Why this person may not decide, if so. The one person of local mode holds every role and may
   * answer its own questions, or a single-user installation could never go on (decision 0003).
   */
  static Optional<String> objection(ApprovalView approval, Principal by) {
    if (by.localAdmin()) {
      return Optional.empty();
    }
    if (by.id().equals(approval.requestedBy())) {
      return Optional.of("the requester may not decide on its own request");
    }
    if (approval.approvers().stream().noneMatch(by::matches)) {
      return Optional.of(
          by.id() + " is none of the approvers " + String.join(", ", approval.approvers()));
    }
    if (approval.decisions().stream().anyMatch(vote -> vote.by().equals(by.id()))) {
      return Optional.of(by.id() + " has voted already");
    }
    return Optional.empty();
  }

  /** One rejection settles; approvals settle once there are as many as the quorum. */
  static boolean settles(ApprovalView approval, Vote vote) {
    long yes = approval.decisions().stream().filter(v -> v.decision().equals("approve")).count();
    return vote.decision().equals("reject") || yes + 1 >= approval.quorum();
  }
}
