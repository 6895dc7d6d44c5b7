package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.Terms;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.ApprovalView.Escalation;
import io.signalbox.protocol.run.ApprovalView.Vote;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
              turn.now.plus(Deciding.duration(step.path("after"))),
              texts(step.path("to")),
              Optional.of(texts(step.path("notify")))));
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
            texts(with.path("notify")),
            Optional.of(
                new Terms(
                    List.of("workflow-definition"),
                    List.of(),
                    with.path("reasonRequired").asBoolean(false),
                    texts(with.path("neverBy")),
                    with.path("delegable").asBoolean(true),
                    Optional.empty()))));
  }

  /** The id of the question that an activation asks. */
  String id(Activation a) {
    return turn.run.id() + "-" + a.id();
  }

  /** On whose behalf the run acts. */
  String requester() {
    return turn.state().begun().map(Begun::startedBy).orElse("unknown");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
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
    if (!approval.status().equals("approved") || !same) {
      refused(a, notApproved(approval), "tool-approvers");
      return;
    }
    // the rules may have changed while people thought, and the arguments with what they decided
    Set<String> granted = new TreeSet<>(approval.bound().rules());
    granted.addAll(approval.bound().granted());
    switch (turn.judging.again(a, approval.tool().orElseThrow(), arguments, granted)) {
      case Verdict.Allowed allowed -> turn.calls.dispatch(a, allowed.tool(), arguments);
      case Verdict.Held more -> turn.questions.hold(a, more, arguments, granted);
      case Verdict.Refused no -> refused(a, no);
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

  /** The held call is not made: the rules have changed since. */
  void refused(Activation a, Verdict.Refused no) {
    refused(a, no.why() + " (rule " + no.rule() + ")", no.rule());
  }

  private void refused(Activation a, String why, String rule) {
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
          WorkflowError.standard("authorization", 403, "Not allowed", why, a.task()).by(rule),
          Optional.empty());
    }
  }
}
