package io.signalbox.runtime.run;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.ApprovalView.Claimed;
import io.signalbox.protocol.run.ApprovalView.Delegation;
import java.time.Instant;
import java.util.Optional;

/** The rules of who may decide, and when a question is settled. Pure. */
final class Approvals {
  private Approvals() {}

  /**
   * Why this person may not decide, if so. The one person of local mode holds every role and may
   * answer its own questions, or a single-user installation could never go on (decision 0003).
   */
  static Optional<Refusal> objection(ApprovalView approval, Principal by, Instant now) {
    Optional<Refusal> stranger = stranger(approval, by);
    if (stranger.isPresent()) {
      return stranger;
    }
    Optional<Claimed> claim = claim(approval, now).filter(it -> !it.by().equals(by.id()));
    if (claim.isPresent()) {
      return Optional.of(
          new Refusal.Conflict(
              "%s looks after %s until %s"
                  .formatted(claim.get().by(), approval.id(), claim.get().until())));
    }
    return voted(approval, by);
  }

  /** Why this person has no say in the question at all, if so. */
  static Optional<Refusal> stranger(ApprovalView approval, Principal by) {
    if (by.localAdmin()) {
      return Optional.empty();
    }
    if (by.id().equals(approval.requestedBy())) {
      return no("the requester may not decide on its own request", "approval-four-eyes");
    }
    if (approval.bound().neverBy().stream().anyMatch(by::matches)) {
      return no(by.id() + " is kept from deciding on this request", "approval-four-eyes");
    }
    if (approval.approvers().stream().noneMatch(by::matches) && delegator(approval, by).isEmpty()) {
      return no(
          by.id() + " is none of the approvers " + String.join(", ", approval.approvers()),
          "approval-approvers");
    }
    return Optional.empty();
  }

  /** A person has one voice, and so have those together of whom one handed it to the other. */
  private static Optional<Refusal> voted(ApprovalView approval, Principal by) {
    if (approval.decisions().stream()
        .anyMatch(vote -> vote.by().equals(by.id()) && approval.current(vote))) {
      return no(by.id() + " has voted already", "approval-one-voice");
    }
    for (Delegation it : approval.delegated()) {
      if (it.by().equals(by.id()) && !by.localAdmin()) {
        return no(by.id() + " has handed the question to " + it.to(), "approval-one-voice");
      }
    }
    return Optional.empty();
  }

  /** On whose behalf this person decides: who handed the question over, if they are none else. */
  static Optional<String> delegator(ApprovalView approval, Principal by) {
    return approval.delegated().stream()
        .filter(it -> it.to().equals(by.id()))
        .map(Delegation::by)
        .findFirst();
  }

  /** Who looks after the question now, if anybody. */
  static Optional<Claimed> claim(ApprovalView approval, Instant now) {
    return approval.claim().filter(it -> it.until().isAfter(now));
  }

  private static Optional<Refusal> no(String why, String rule) {
    return Optional.of(new Refusal.NotAllowed(why, rule));
  }
}
