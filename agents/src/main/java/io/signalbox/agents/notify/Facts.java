package io.signalbox.agents.notify;

import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.run.ApprovalView.Vote;
import io.signalbox.protocol.run.ApprovalView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What every message about a question says, whatever its form. */
final class Facts {
  private Facts() {}

  static String headline(Errand errand) {
    String title = errand.approval().title();
    return switch (errand.what()) {
      case ASKED -> "Approval needed: " + title;
      case ESCALATED -> "Still waiting for approval: " + title;
      case SETTLED -> outcome(errand.approval()) + ": " + title;
    };
  }

  /** Names and values, in the order in which they are told. */
  static Map<String, String> of(ApprovalView approval) {
    Map<String, String> facts = new LinkedHashMap<>();
    approval.tool().ifPresent(it -> facts.put("Tool", it));
    approval.risk().ifPresent(it -> facts.put("Risk", it));
    facts.put("Requested by", approval.requestedBy());
    String agent = approval.details().path("agent").asText("");
    if (!agent.isEmpty()) {
      facts.put("Agent", agent);
    }
    facts.put("Run", approval.run());
    facts.put("Approvers", String.join(", ", approval.approvers()));
    if (approval.quorum() > 1) {
      facts.put("Needed", approval.quorum() + " approvals, " + approval.approvals() + " so far");
    }
    facts.put("Deadline", approval.expires().map(Object::toString).orElse("none"));
    approval
        .bound()
        .why()
        .ifPresent(why -> why.properties().forEach(it -> facts.put(it.getKey(), it.getValue().asText())));
    return facts;
  }

  /** How it ended, and through whom. */
  static String outcome(ApprovalView approval) {
    Optional<Vote> last =
        approval.decisions().isEmpty()
            ? Optional.empty()
            : Optional.of(approval.decisions().getLast());
    return switch (approval.status()) {
      case "approved" -> "Approved" + by(last);
      case "rejected" -> "Rejected" + by(last);
      case "expired" -> "Expired";
      case "withdrawn" -> "No longer asked";
      default -> "Open";
    };
  }

  private static String by(Optional<Vote> vote) {
    return vote.map(
            it -> " by " + it.by() + it.reason().map(reason -> " (" + reason + ")").orElse(""))
        .orElse("");
  }
}
