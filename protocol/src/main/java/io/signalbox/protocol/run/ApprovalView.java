package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
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
    List<Vote> decisions) {
  public ApprovalView {
    approvers = List.copyOf(approvers);
    escalate = List.copyOf(escalate);
    decisions = List.copyOf(decisions);
  }

  /** From {@code at} on, these may decide too. */
  public record Escalation(Instant at, List<String> to) {
    public Escalation {
      to = List.copyOf(to);
    }
  }

  /** One person's decision, {@code approve} or {@code reject}. */
  public record Vote(String decision, String by, Optional<String> reason, Instant at) {}
}
