package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.approval.Terms;
import io.signalbox.protocol.run.ApprovalView.Claimed;
import io.signalbox.protocol.run.ApprovalView.Delegation;
import io.signalbox.protocol.run.ApprovalView.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What facts do to an approval, for the run that asks and for the views alike. Pure and total. */
public final class ApprovalFacts {
  private ApprovalFacts() {}

  /** The question as it was asked. */
  public static ApprovalView asked(Fact.ApprovalRequested f, String run, Instant at) {
    return new ApprovalView(
        f.approvalId(),
        run,
        f.task(),
        "open",
        f.title(),
        f.details(),
        f.tool(),
        f.arguments(),
        f.argumentsHash(),
        f.risk(),
        f.requestedBy(),
        f.approvers(),
        f.quorum(),
        at,
        f.expires(),
        f.escalate(),
        0,
        List.of(),
        f.terms(),
        Optional.empty(),
        Optional.empty());
  }

  public static ApprovalView escalated(ApprovalView v, Fact.ApprovalEscalated f) {
    Change change = new Change(v);
    change.approvers = joined(v.approvers(), f.to());
    change.escalated = f.step();
    // whoever held it had their time
    change.claim = Optional.empty();
    return change.made();
  }

  /** A vote, perhaps for arguments that it changes; earlier votes were for others then. */
  public static ApprovalView voted(ApprovalView v, Fact.ApprovalDecided f) {
    Change change = new Change(v);
    change.decisions = joined(v.decisions(), List.of(f.vote()));
    if (f.arguments().isPresent()) {
      change.arguments = f.arguments();
      change.argumentsHash = f.vote().argumentsHash();
      // what others allowed before were other arguments
      change.terms = v.terms().map(Terms::alone);
    }
    if (f.settled()) {
      change.status = f.vote().decision().equals("approve") ? "approved" : "rejected";
    }
    change.claim = Optional.empty();
    return change.made();
  }

  public static ApprovalView claimed(ApprovalView v, Fact.ApprovalClaimed f) {
    Change change = new Change(v);
    change.claim = Optional.of(new Claimed(f.by(), f.until()));
    return change.made();
  }

  public static ApprovalView released(ApprovalView v) {
    Change change = new Change(v);
    change.claim = Optional.empty();
    return change.made();
  }

  public static ApprovalView delegated(ApprovalView v, Fact.ApprovalDelegated f) {
    Change change = new Change(v);
    change.delegations =
        Optional.of(joined(v.delegated(), List.of(new Delegation(f.by(), f.to(), f.reason()))));
    change.claim = Optional.empty();
    return change.made();
  }

  /** The same with another status. */
  public static ApprovalView with(ApprovalView v, String status) {
    Change change = new Change(v);
    change.status = status;
    return change.made();
  }

  /** The same, told with the run it belongs to. */
  public static ApprovalView of(ApprovalView v, String run) {
    Change change = new Change(v);
    change.run = run;
    return change.made();
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** What can differ from one moment to the next. */
  private static final class Change {
    private final ApprovalView v;
    private String run;
    private String status;
    private Optional<JsonNode> arguments;
    private Optional<String> argumentsHash;
    private List<String> approvers;
    private int escalated;
    private List<Vote> decisions;
    private Optional<Terms> terms;
    private Optional<Claimed> claim;
    private Optional<List<Delegation>> delegations;

    Change(ApprovalView v) {
      this.v = v;
      this.run = v.run();
      this.status = v.status();
      this.arguments = v.arguments();
      this.argumentsHash = v.argumentsHash();
      this.approvers = v.approvers();
      this.escalated = v.escalated();
      this.decisions = v.decisions();
      this.terms = v.terms();
      this.claim = v.claim();
      this.delegations = v.delegations();
    }

    ApprovalView made() {
      return new ApprovalView(
          v.id(),
          run,
          v.task(),
          status,
          v.title(),
          v.details(),
          v.tool(),
          arguments,
          argumentsHash,
          v.risk(),
          v.requestedBy(),
          approvers,
          v.quorum(),
          v.requestedAt(),
          v.expires(),
          v.escalate(),
          escalated,
          decisions,
          terms,
          claim,
          delegations);
    }
  }
}
