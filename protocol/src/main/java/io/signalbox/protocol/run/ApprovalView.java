package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.approval.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question that holds a run back until people have answered it.
 *
 * @param status {@code open}, {@code approved}, {@code rejected}, {@code expired} or {@code
 *     withdrawn}
 * @param argumentsHash what an approval of a tool call is bound to
 * @param escalated how many escalation steps have been taken
 * @param terms absent in old journals, where none were set
 * @param claim who has said to look after it, if anybody
 * @param delegations who handed the question to whom
 */
public record ApprovalView(
    String id,
    String run,
    String task,
    String status,
    String title,
    JsonNode details,
    Optional<String> tool,
    Optional<JsonNode> arguments,
    Optional<String> argumentsHash,
    Optional<String> risk,
    String requestedBy,
    List<String> approvers,
    int quorum,
    Instant requestedAt,
    Optional<Instant> expires,
    List<Escalation> escalate,
    int escalated,
    List<Vote> decisions,
    Optional<Terms> terms,
    Optional<Claimed> claim,
    Optional<List<Delegation>> delegations) {
  @JsonCreator
  public ApprovalView {
    approvers = List.copyOf(approvers);
    escalate = List.copyOf(escalate);
    decisions = List.copyOf(decisions);
    delegations = delegations.map(List::copyOf);
  }

  /** Without terms, claims and delegations. */
  public ApprovalView(
      String id,
      String run,
      String task,
      String status,
      String title,
      JsonNode details,
      Optional<String> tool,
      Optional<JsonNode> arguments,
      Optional<String> argumentsHash,
      Optional<String> risk,
      String requestedBy,
      List<String> approvers,
      int quorum,
      Instant requestedAt,
      Optional<Instant> expires,
      List<Escalation> escalate,
      int escalated,
      List<Vote> decisions) {
    this(
        id,
        run,
        task,
        status,
        title,
        details,
        tool,
        arguments,
        argumentsHash,
        risk,
        requestedBy,
        approvers,
        quorum,
        requestedAt,
        expires,
        escalate,
        escalated,
        decisions,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What the question is bound by. */
  public Terms bound() {
    return terms.orElse(Terms.NONE);
  }

  /** Who handed the question to whom. */
  public List<Delegation> delegated() {
    return delegations.orElse(List.of());
  }

  /** The approvals that count: those for the arguments as they are now. */
  public long approvals() {
    return decisions.stream()
        .filter(vote -> vote.decision().equals("approve") && current(vote))
        .count();
  }

  /** Whether the vote was for the arguments as they are now, not as they were before an edit. */
  public boolean current(Vote vote) {
    return vote.argumentsHash().isEmpty() || vote.argumentsHash().equals(argumentsHash);
  }

  /**
   * From {@code at} on, these may decide too.
   *
   * @param channels that tell them; absent in old journals
   */
  public record Escalation(
      Instant at, List<String> to, @JsonProperty("notify") Optional<List<String>> channels) {
    @JsonCreator
    public Escalation {
      to = List.copyOf(to);
      channels = channels.map(List::copyOf);
    }

    /** Without telling anybody. */
    public Escalation(Instant at, List<String> to) {
      this(at, to, Optional.empty());
    }
  }

  /**
   * One person's decision, {@code approve} or {@code reject}.
   *
   * @param argumentsHash of the arguments it is about; absent in old journals and where there are
   *     none
   * @param via the channel through which it came, where it was not the API
   * @param onBehalfOf who had handed the question to this person
   */
  public record Vote(
      String decision,
      String by,
      Optional<String> reason,
      Instant at,
      Optional<String> argumentsHash,
      Optional<String> via,
      Optional<String> onBehalfOf) {
    @JsonCreator
    public Vote {}

    /** Through the API, about no arguments. */
    public Vote(String decision, String by, Optional<String> reason, Instant at) {
      this(decision, by, reason, at, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** Somebody looks after it until then; nobody else decides meanwhile. */
  public record Claimed(String by, Instant until) {}

  /** {@code by} handed the question to {@code to}; both together have one voice. */
  public record Delegation(String by, String to, Optional<String> reason) {}
}
