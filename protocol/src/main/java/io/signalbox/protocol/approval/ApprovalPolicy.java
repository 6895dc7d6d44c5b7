package io.signalbox.protocol.approval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How people are asked before a tool is called; who is asked stands with the tool itself.
 *
 * @param quorum how many different people must approve
 * @param reasonRequired whether a decision needs a reason
 * @param excludeOwner whether the owner of the calling agent may not decide
 * @param delegable whether an approver may hand the question to somebody else
 * @param expires after which time nobody may decide any more
 * @param escalate who may decide too after a while
 * @param channels that tell the approvers
 */
public record ApprovalPolicy(
    int quorum,
    boolean reasonRequired,
    boolean excludeOwner,
    boolean delegable,
    Optional<Duration> expires,
    List<Step> escalate,
    @JsonProperty("notify") List<String> channels) {
  /** One person of those named, at any time, without more ado. */
  public static final ApprovalPolicy PLAIN =
      new ApprovalPolicy(1, false, false, true, Optional.empty(), List.of(), List.of());

  @JsonCreator
  public ApprovalPolicy {
    escalate = List.copyOf(escalate);
    channels = List.copyOf(channels);
  }

  /** After a while these may decide too, and are told through these channels. */
  public record Step(
      Duration after, List<String> to, @JsonProperty("notify") List<String> channels) {
    public Step {
      to = List.copyOf(to);
      channels = List.copyOf(channels);
    }
  }
}
