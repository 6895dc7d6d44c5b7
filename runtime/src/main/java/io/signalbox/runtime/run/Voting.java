package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.ApprovalView.Vote;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.definition.ArgumentFit;
import io.signalbox.runtime.judge.Verdict;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What people do with a question: decide it, change what is asked, take it on, hand it on. */
final class Voting {
  private final Deciding turn;

  Voting(Deciding turn) {
    this.turn = turn;
  }

  /** A question that is still asked, and who is held back by it. */
  private record Open(Activation a, ApprovalView approval) {}

  Decision decided(Stimulus.Decided d) {
    return with(
        d.approvalId(),
        open -> {
          ApprovalView approval = open.approval();
          Optional<Refusal> no =
              word(d)
                  .or(() -> Approvals.objection(approval, d.by(), turn.now))
                  .or(() -> unseen(approval, d))
                  .or(() -> wordless(approval, d))
                  .or(() -> edited(open, d));
          if (no.isPresent()) {
            return Decision.no(no.get());
          }
          vote(open, d);
          turn.ready(open.a().id());
          return turn.drive();
        });
  }

  Decision handled(Stimulus.Handled h) {
    return with(
        h.approvalId(),
        open ->
            Approvals.stranger(open.approval(), h.by())
                .map(Decision::no)
                .orElseGet(() -> handle(open, h)));
  }

  private Decision with(String approvalId, Function<Open, Decision> what) {
    Optional<Open> found =
        turn.state().live().values().stream()
            .filter(
                a -> a.work() instanceof Work.Approving w && w.approval().id().equals(approvalId))
            .map(a -> new Open(a, ((Work.Approving) a.work()).approval()))
            .findFirst();
    if (found.isEmpty()) {
      return Decision.no(
          asked(approvalId)
              ? new Refusal.Conflict("approval " + approvalId + " is decided already")
              : new Refusal.NotFound("there is no approval " + approvalId));
    }
    ApprovalView approval = found.get().approval();
    if (!approval.status().equals("open")) {
      return conflict("approval " + approvalId + " is " + approval.status() + " already");
    }
    if (approval.expires().map(at -> !at.isAfter(turn.now)).orElse(false)) {
      return conflict("approval " + approvalId + " has expired");
    }
    return what.apply(found.get());
  }

  /** Ids carry the number of the activation that asked: smaller ones are history. */
  private boolean asked(String approvalId) {
    String number = approvalId.substring(approvalId.lastIndexOf('-') + 1);
    try {
      return Long.parseLong(number) < turn.nextSeq();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  // -- deciding ----------------------------------------------------------------------------------

  private static Optional<Refusal> word(Stimulus.Decided d) {
    return d.decision().equals("approve") || d.decision().equals("reject")
        ? Optional.empty()
        : Optional.of(
            invalid(
                "the decision is neither approve nor reject",
                "/decision",
                "must be approve or reject"));
  }

  /** An approval is of the arguments that were seen, and of no others. */
  private static Optional<Refusal> unseen(ApprovalView approval, Stimulus.Decided d) {
    return d.argumentsHash().isEmpty() || d.argumentsHash().equals(approval.argumentsHash())
        ? Optional.empty()
        : Optional.of(
            new Refusal.Conflict(
                "the arguments have been changed since this decision was asked for; look at "
                    + approval.id()
                    + " again"));
  }

  private static Optional<Refusal> wordless(ApprovalView approval, Stimulus.Decided d) {
    boolean silent = d.reason().map(String::isBlank).orElse(true);
    return approval.bound().reasonRequired() && silent
        ? Optional.of(invalid("a decision on this needs a reason", "/reason", "is required"))
        : Optional.empty();
  }

  /** Changed arguments must fit the tool, and be as allowed as those that were asked about. */
  private Optional<Refusal> edited(Open open, Stimulus.Decided d) {
    if (d.arguments().isEmpty()) {
      return Optional.empty();
    }
    if (open.approval().tool().isEmpty() || !d.decision().equals("approve")) {
      return Optional.of(
          invalid(
              "there is nothing to change",
              "/arguments",
              "only the approval of a tool call can change its arguments"));
    }
    String name = open.approval().tool().get();
    ToolDefinition tool = turn.rules.tools().get(name);
    if (tool == null) {
      return Optional.of(new Refusal.Conflict("there is no tool " + name + " any more"));
    }
    List<Fault> faults = ArgumentFit.faults(tool.parameters(), d.arguments().get(), "/arguments");
    if (!faults.isEmpty()) {
      return Optional.of(
          new Refusal.Invalid("the changed arguments do not fit the tool " + name, faults));
    }
    // whose questions the changed arguments raise beyond these, are asked once this one is settled
    return turn.judging.again(open.a(), name, d.arguments().get(), Set.of())
            instanceof Verdict.Refused no
        ? Optional.of(new Refusal.NotAllowed(no.why(), no.rule()))
        : Optional.empty();
  }

  private void vote(Open open, Stimulus.Decided d) {
    ApprovalView approval = open.approval();
    // the same arguments once more are no change: the votes before still count
    Optional<JsonNode> changed =
        d.arguments().filter(it -> !Optional.of(it).equals(approval.arguments()));
    Optional<String> hash = changed.map(Hashes::of).or(approval::argumentsHash);
    Vote vote =
        new Vote(
            d.decision(),
            d.by().id(),
            d.reason(),
            turn.now,
            hash,
            d.via(),
            approval.approvers().stream().anyMatch(d.by()::matches)
                ? Optional.empty()
                : Approvals.delegator(approval, d.by()));
    long before = changed.isPresent() ? 0 : approval.approvals();
    boolean settled = vote.decision().equals("reject") || before + 1 >= approval.quorum();
    turn.record(
        new Fact.ApprovalDecided(
            open.a().id(), open.a().task(), approval.id(), vote, settled, changed));
  }

  // -- taking on and handing on ------------------------------------------------------------------

  private Decision handle(Open open, Stimulus.Handled h) {
    Activation a = open.a();
    ApprovalView approval = open.approval();
    Optional<ApprovalView.Claimed> claim = Approvals.claim(approval, turn.now);
    boolean others = claim.map(it -> !it.by().equals(h.by().id())).orElse(false);
    switch (h.how()) {
      case CLAIM -> {
        if (others) {
          return conflict(
              claim.get().by() + " looks after it until " + claim.get().until() + " already");
        }
        turn.record(
            new Fact.ApprovalClaimed(
                a.id(),
                a.task(),
                approval.id(),
                h.by().id(),
                turn.now.plus(turn.bounds.limits().claim())));
      }
      case RELEASE -> {
        if (claim.isEmpty() || others) {
          return conflict("approval " + approval.id() + " is not claimed by " + h.by().id());
        }
        turn.record(new Fact.ApprovalReleased(a.id(), a.task(), approval.id(), h.by().id()));
      }
      case DELEGATE -> {
        Optional<Refusal> no = undelegable(approval, h);
        if (no.isPresent()) {
          return Decision.no(no.get());
        }
        turn.record(
            new Fact.ApprovalDelegated(
                a.id(), a.task(), approval.id(), h.by().id(), h.to().orElseThrow(), h.reason()));
      }
    }
    return turn.drive();
  }

  private Optional<Refusal> undelegable(ApprovalView approval, Stimulus.Handled h) {
    String to = h.to().orElse("");
    if (!approval.bound().delegable()) {
      return Optional.of(
          new Refusal.NotAllowed("this question cannot be handed on", "approval-delegable"));
    }
    if (!to.matches("user:\\S{1,128}")) {
      return Optional.of(invalid("nobody can be asked instead", "/to", "must be user:ID"));
    }
    if (approval.approvers().stream().noneMatch(h.by()::matches) && !h.by().localAdmin()) {
      return Optional.of(
          new Refusal.NotAllowed(
              "what was handed on once is not handed on again", "approval-delegable"));
    }
    if (to.equals(approval.requestedBy())
        || approval.bound().neverBy().contains(to)
        || to.equals(h.by().id())) {
      return Optional.of(
          new Refusal.NotAllowed(to + " may not decide on this request", "approval-four-eyes"));
    }
    return Approvals.objection(approval, h.by(), turn.now)
        .or(
            () ->
                approval.delegated().size() >= turn.bounds.limits().delegations()
                    ? Optional.of(new Refusal.Conflict("the question has been handed on too often"))
                    : Optional.empty());
  }

  private static Decision conflict(String why) {
    return Decision.no(new Refusal.Conflict(why));
  }

  private static Refusal invalid(String why, String pointer, String message) {
    return new Refusal.Invalid(why, List.of(new Fault(pointer, message)));
  }
}
