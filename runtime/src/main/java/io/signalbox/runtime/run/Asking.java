package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.ApprovalView.Escalation;
import io.signalbox.protocol.run.ApprovalView.Vote;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.judge.Verdict;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions to people. */
final class Asking {
  private final Deciding turn;

  Asking(Deciding turn) {
    this.turn = turn;
  }

  /** A {@code call: approval} task. */
  void ask(Activation a, JsonNode with) {
    List<Escalation> steps = new ArrayList<>();
    for (JsonNode step : with.path("escalate")) {
      steps.add(
          new Escalation(
              turn.now.plus(Deciding.duration(step.path("after"))), texts(step.path("to"))));
    }
    turn.record(
        new Fact.ApprovalRequested(
            a.id(),
            a.task(),
            id(a),
            with.path("title").asText("Approval of " + a.task()),
            with.path("details").isMissingNode() ? Json.object() : with.path("details"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            requester(),
            texts(with.path("approvers")),
            Math.max(1, with.path("quorum").asInt(1)),
            with.hasNonNull("expires")
                ? Optional.of(turn.now.plus(Deciding.duration(with.get("expires"))))
                : Optional.empty(),
            steps,
            texts(with.path("notify"))));
  }

  /** A tool call that people must allow first; the approval is bound to the arguments' hash. */
  void hold(Activation a, ToolDefinition tool, JsonNode arguments, List<String> approvers) {
    turn.record(
        new Fact.ApprovalRequested(
            a.id(),
            a.task(),
            id(a),
            "Call " + tool.name(),
            Json.object().put("description", tool.description()),
            Optional.of(tool.name()),
            Optional.of(arguments),
            Optional.of(Hashes.of(arguments)),
            Optional.of(tool.risk().text()),
            requester(),
            approvers,
            1,
            Optional.empty(),
            List.of(),
            List.of()));
  }

  String id(Activation a) {
    return turn.run.id() + "-" + a.id();
  }

  String requester() {
    return turn.state().begun().map(Begun::startedBy).orElse("unknown");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  Decision decided(Stimulus.Decided d) {
    Optional<Activation> found =
        turn.state().live().values().stream()
            .filter(
                a ->
                    a.work() instanceof Work.Approving w
                        && w.approval().id().equals(d.approvalId()))
            .findFirst();
    if (found.isEmpty()) {
      return Decision.no(
          asked(d.approvalId())
              ? new Refusal.Conflict("approval " + d.approvalId() + " is decided already")
              : new Refusal.NotFound("there is no approval " + d.approvalId()));
    }
    Activation a = found.get();
    ApprovalView approval = ((Work.Approving) a.work()).approval();
    if (!approval.status().equals("open")) {
      return Decision.no(
          new Refusal.Conflict(
              "approval " + d.approvalId() + " is " + approval.status() + " already"));
    }
    if (!d.decision().equals("approve") && !d.decision().equals("reject")) {
      return Decision.no(
          new Refusal.Invalid(
              "the decision is neither approve nor reject",
              List.of(new Fault("/decision", "must be approve or reject"))));
    }
    Optional<String> objection = Approvals.objection(approval, d.by());
    if (objection.isPresent()) {
      return Decision.no(new Refusal.NotAllowed(objection.get(), "approval-approvers"));
    }
    Vote vote = new Vote(d.decision(), d.by().id(), d.reason(), turn.now);
    turn.record(
        new Fact.ApprovalDecided(
            a.id(), a.task(), approval.id(), vote, Approvals.settles(approval, vote)));
    turn.ready(a.id());
    return turn.drive();
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

  /** The question is answered: the task goes on, or the held call is sent or refused. */
  void settled(Activation a, ApprovalView approval) {
    if (approval.status().equals("open")) {
      return;
    }
    if (approval.tool().isPresent()) {
      held(a, approval);
      return;
    }
    Optional<Vote> last =
        approval.decisions().isEmpty()
            ? Optional.empty()
            : Optional.of(approval.decisions().getLast());
    var output =
        Json.object()
            .put("decision", last.map(Vote::decision).orElse("expire"))
            .put("by", last.map(Vote::by).orElse("system"))
            .put("reason", last.flatMap(Vote::reason).orElse(""))
            .put("at", last.map(Vote::at).orElse(turn.now).toString());
    output.set("decisions", Json.tree(approval.decisions()));
    turn.complete(a, output, false, Optional.empty());
  }

  private void held(Activation a, ApprovalView approval) {
    if (approval.status().equals("approved") && GuardHolds.holds(approval)) {
      turn.guards.release(a, approval);
      return;
    }
    JsonNode arguments = approval.arguments().orElse(Json.object());
    boolean same = approval.argumentsHash().equals(Optional.of(Hashes.of(arguments)));
    String why;
    if (approval.status().equals("approved") && same) {
      // the rules may have changed while people thought: what they allow is judged once more
      switch (turn.judging.again(a, approval.tool().orElseThrow(), arguments)) {
        case Verdict.Allowed allowed -> {
          turn.calls.dispatch(a, allowed.tool(), arguments);
          return;
        }
        case Verdict.Held held -> {
          turn.calls.dispatch(a, held.tool(), arguments);
          return;
        }
        case Verdict.Refused no -> why = no.why() + " (rule " + no.rule() + ")";
      }
    } else {
      why = notApproved(approval);
    }
    refuse(a, why);
  }

  void refuse(Activation a, String why) {
    if (a.asked().isPresent()) {
      turn.record(
          new Fact.CallSettled(
              a.id(),
              a.task(),
              id(a),
              new Outcome.Failed("authorization", 403, why, Optional.empty()),
              "person"));
    } else {
      turn.faults.raise(
          a,
          WorkflowError.standard("authorization", 403, "Not allowed", why, a.task()),
          Optional.empty());
    }
  }

  private static String notApproved(ApprovalView approval) {
    return approval.decisions().isEmpty()
        ? "the approval " + approval.id() + " is " + approval.status()
        : approval.decisions().getLast().by()
            + " decided: "
            + approval.decisions().getLast().decision()
            + approval.decisions().getLast().reason().map(r -> " (" + r + ")").orElse("");
  }
}
